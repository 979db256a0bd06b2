import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { injectionValue } from './injection-value.js';

test('six values, of which two are on their way out', () => {
  check(
    injectionValue,
    `
    kind: Namespace
    metadata: { name: a, labels: { kuma.io/sidecar-injection: "on" } }
    #                                                         ^^^^ error kuma/injection-value
    ---
    kind: Namespace
    metadata: { name: b, labels: { kuma.io/sidecar-injection: "yes" } }
    #                                                         ^^^^^ warning kuma/injection-value
    ---
    kind: Namespace
    metadata: { name: c, labels: { kuma.io/sidecar-injection: "true" } }
    ---
    kind: Namespace
    metadata: { name: d, labels: { kuma.io/sidecar-injection: "{{ .Values.injection }}" } }
  `,
  );
});

test('writes the word of today', () => {
  checkFix(
    injectionValue,
    `
    kind: Namespace
    metadata: { name: b, labels: { kuma.io/sidecar-injection: "n$0o" } }
  `,
    'Change to "disabled"',
    `
    kind: Namespace
    metadata: { name: b, labels: { kuma.io/sidecar-injection: "disabled" } }
  `,
  );
});
