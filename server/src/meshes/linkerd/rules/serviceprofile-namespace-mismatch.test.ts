import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serviceprofileNamespaceMismatch } from './serviceprofile-namespace-mismatch.js';

test('takes the namespaces of the Service and of clients', () => {
  check(
    serviceprofileNamespaceMismatch,
    `
    kind: ServiceProfile
    metadata: { name: cart.shop.svc.cluster.local, namespace: infra }
    #                                                         ^^^^^ info linkerd/serviceprofile-namespace-mismatch 💡 ""cart" is in "shop", and no workload in this workspace that could be its client is in "infra". It has no effect."
    ---
    kind: ServiceProfile
    metadata: { name: cart.shop.svc.cluster.local, namespace: front }
    ---
    kind: ServiceProfile
    metadata: { name: cart.shop.svc.cluster.local }
    ---
    kind: Pod
    metadata: { name: web, namespace: front }
    spec: { containers: [{ name: web }] }

  `,
  );
});
