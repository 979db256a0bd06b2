import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { annotationValue } from './annotation-value.js';

test('reports values that Cilium cannot read', () => {
  check(
    annotationValue,
    `
    kind: Service
    metadata:
      name: cart
      annotations:
        service.cilium.io/lb-l7: "yes"
    #                            ^^^^^ error cilium/annotation-value 💡
        service.cilium.io/affinity: locl
    #                               ^^^^ error cilium/annotation-value 💡
        service.cilium.io/global: "true"
        io.cilium/shared-service: "no"
    #                             ^^^^ error cilium/annotation-value
        lbipam.cilium.io/ips: whatever
    ---
    kind: Ingress
    metadata: { name: web, annotations: { ingress.cilium.io/host-listener-port: "80" } }
    #                                                                           ^^^^ error cilium/annotation-value
  `,
  );
});
