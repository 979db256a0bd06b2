import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { unknownAnnotation } from './unknown-annotation.js';

test('reports annotations that Cilium does not know', () => {
  check(
    unknownAnnotation,
    `
    kind: Service
    metadata:
      name: cart
      annotations:
        service.cilium.io/globall: "true"
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^ warning cilium/unknown-annotation 💡
        service.cilium.io/affinity: local
        io.cilium/global-service: "true"
        gateway.cilium.io/owned: "true"
        cilium.example.org/x: y
    ---
    apiVersion: v1
    kind: Node
    metadata: { name: worker, annotations: { network.cilium.io/ipv4-pod-cidr: 10.0.0.0/24, cilium.io/bgp-virtual-routers.64512: "" } }
    #                                                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning cilium/unknown-annotation 💡
    ---
    kind: Deployment
    metadata: { name: cart }
    spec: { template: { metadata: { annotations: { policy.cilium.io/nothing: x } } } }
    #                                              ^^^^^^^^^^^^^^^^^^^^^^^^ warning cilium/unknown-annotation 💡
  `,
  );
});

test('offers the nearest name', () => {
  const service = (name: string) => `
    kind: Service
    metadata: { name: cart, annotations: { ${name}: "true" } }
`;
  checkFix(
    unknownAnnotation,
    service('service.cilium.io/globall'),
    'Rename to "service.cilium.io/global"',
    service('service.cilium.io/global'),
  );
});
