import { expect, test } from 'vitest';
import { check, fixTitles } from '../../../../../test/support/check.js';
import { injectionLabelsConflict } from './injection-labels-conflict.js';

test('reports a revision that istio-injection overrules', () => {
  check(
    injectionLabelsConflict,
    `
    kind: Namespace
    metadata:
      name: shop
      labels:
        istio-injection: enabled
        istio.io/rev: canary
    #   ^^^^^^^^^^^^ warning istio/injection-labels-conflict 💡 ""istio-injection: enabled" wins over "istio.io/rev: canary"."
    `,
  );
});

test('reports ambient beside a revision', () => {
  check(
    injectionLabelsConflict,
    `
    kind: Namespace
    metadata:
      name: shop
      labels:
        istio.io/dataplane-mode: ambient
        istio.io/rev: canary
    #   ^^^^^^^^^^^^ warning istio/injection-labels-conflict 💡
    `,
  );
});

test('one label, or injection switched off, is no conflict', () => {
  check(
    injectionLabelsConflict,
    `
    kind: Namespace
    metadata: { name: shop, labels: { istio.io/rev: canary } }
    ---
    kind: Namespace
    metadata: { name: legacy, labels: { istio-injection: disabled, istio.io/rev: canary } }
    `,
  );
});

test('offers to keep either label', () => {
  const yaml = `
    kind: Namespace
    metadata:
      name: shop
      labels:
        istio-injection: enabled
        istio.io/rev: canary
  `;
  expect(fixTitles(injectionLabelsConflict, yaml)).toEqual(['Remove "istio-injection"', 'Remove "istio.io/rev"']);
});
