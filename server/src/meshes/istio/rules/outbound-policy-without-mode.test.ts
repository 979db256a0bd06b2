import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { outboundPolicyWithoutMode } from './outbound-policy-without-mode.js';

test('reports a policy that leaves the mode out', () => {
  check(
    outboundPolicyWithoutMode,
    `
    kind: Sidecar
    metadata: { name: a, namespace: shop }
    spec: { outboundTrafficPolicy: {} }
    #       ^^^^^^^^^^^^^^^^^^^^^ info istio/outbound-policy-without-mode 💡
    ---
    kind: Sidecar
    metadata: { name: b, namespace: shop }
    spec: { outboundTrafficPolicy: { mode: REGISTRY_ONLY } }
    `,
  );
});

test('writes what it means', () => {
  checkFix(
    outboundPolicyWithoutMode,
    `
    kind: Sidecar
    metadata: { name: a, namespace: shop }
    spec:
      outboundTrafficPolicy: {}
    `,
    'Set mode REGISTRY_ONLY',
    `
    kind: Sidecar
    metadata: { name: a, namespace: shop }
    spec:
      outboundTrafficPolicy:
        mode: REGISTRY_ONLY
    `,
  );
});
