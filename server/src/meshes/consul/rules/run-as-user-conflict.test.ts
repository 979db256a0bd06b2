import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { runAsUserConflict } from './run-as-user-conflict.js';

test('users of pods and containers', () => {
  check(
    runAsUserConflict,
    `
    kind: Deployment
    metadata: { name: a, namespace: shop }
    spec:
      template:
        metadata: { annotations: { consul.hashicorp.com/connect-inject: 'true' } }
        spec:
          securityContext:
            runAsUser: 5995
    #< error consul/run-as-user-conflict
    ---
    kind: Deployment
    metadata: { name: b, namespace: shop }
    spec:
      template:
        metadata: { annotations: { consul.hashicorp.com/connect-inject: 'true' } }
        spec: { containers: [{ name: b, image: b, securityContext: { runAsUser: 1000 } }] }
    ---
    kind: Deployment
    metadata: { name: c, namespace: shop }
    spec: { template: { spec: { securityContext: { runAsUser: 5995 } } } }
  `,
  );
});
