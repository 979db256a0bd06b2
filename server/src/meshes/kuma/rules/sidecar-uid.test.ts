import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { sidecarUid } from './sidecar-uid.js';

test('containers have users of their own, where there is a sidecar', () => {
  check(
    sidecarUid,
    `
    kind: Namespace
    metadata: { name: shop, labels: { kuma.io/sidecar-injection: enabled } }
    ---
    kind: Pod
    metadata: { name: a, namespace: shop }
    spec:
      initContainers: [{ name: b, securityContext: { runAsUser: 5678 } }]
    #                                                           ^^^^ warning kuma/sidecar-uid
      containers: [{ name: a, securityContext: { runAsUser: 5678 } }, { name: c, securityContext: { runAsUser: 1000 } }]
    #                                                       ^^^^ error kuma/sidecar-uid
    ---
    kind: Pod
    metadata: { name: b, namespace: other }
    spec: { containers: [{ name: a, securityContext: { runAsUser: 5678 } }] }
  `,
  );
});
