import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { injectValueInvalid } from './inject-value-invalid.js';

test('booleans as Go reads them', () => {
  check(
    injectValueInvalid,
    `
    kind: Deployment
    metadata: { name: a, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/connect-inject: enabled
    #< error consul/inject-value-invalid 💡
    ---
    kind: Pod
    metadata:
      name: b
      namespace: shop
      annotations:
        consul.hashicorp.com/connect-inject: 'perhaps'
    #< error consul/inject-value-invalid
    ---
    kind: Pod
    metadata:
      name: c
      annotations: { consul.hashicorp.com/connect-inject: 'T' }
  `,
  );
});
