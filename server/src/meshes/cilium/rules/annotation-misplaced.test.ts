import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { annotationMisplaced } from './annotation-misplaced.js';

test('reports annotations where nobody reads them', () => {
  check(
    annotationMisplaced,
    `
    kind: Deployment
    metadata: { name: dns, annotations: { policy.cilium.io/no-track-port: "53" } }
    #                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning cilium/annotation-misplaced 💡
    spec: { template: { metadata: { annotations: { service.cilium.io/global: "true", ipam.cilium.io/ip-pool: a } } } }
    #                                              ^^^^^^^^^^^^^^^^^^^^^^^^ warning cilium/annotation-misplaced 💡
    ---
    kind: Namespace
    metadata: { name: shop, annotations: { ipam.cilium.io/ip-pool: a } }
    ---
    kind: Service
    metadata: { name: cart, annotations: { service.cilium.io/global: "true" } }
  `,
  );
});
