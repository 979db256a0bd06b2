import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { workloadLabel } from './workload-label.js';

test('Kuma sets it itself', () => {
  check(
    workloadLabel,
    `
    kind: Pod
    metadata: { name: a, namespace: shop, labels: { app: a, kuma.io/workload: a } }
    #                                                       ^^^^^^^^^^^^^^^^ error kuma/workload-label
    spec: { containers: [{ name: a }] }
    ---
    apiVersion: kuma.io/v1alpha1
    kind: Dataplane
    metadata: { name: a, namespace: shop, labels: { kuma.io/workload: a } }
  `,
  );
});

test('removes it', () => {
  checkFix(
    workloadLabel,
    `
    kind: Pod
    metadata: { name: a, namespace: shop, labels: { app: a, kuma.io/work$0load: a } }
    spec: { containers: [{ name: a }] }
  `,
    'Remove "kuma.io/workload"',
    `
    kind: Pod
    metadata: { name: a, namespace: shop, labels: { app: a } }
    spec: { containers: [{ name: a }] }
  `,
  );
});
