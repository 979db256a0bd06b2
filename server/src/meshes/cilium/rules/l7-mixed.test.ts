import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { l7Mixed } from './l7-mixed.js';

test('reports two protocols, rules without their protocol, and rules beside a listener', () => {
  check(
    l7Mixed,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      egress:
      - toPorts:
        - ports: [{ port: "80", protocol: TCP }]
          rules: { http: [{}], kafka: [{ topic: t }] }
    #                          ^^^^^ error cilium/l7-mixed "These rules are of "http" and "kafka", and a port takes those of one."
        - ports: [{ port: "80", protocol: TCP }]
          rules: { l7: [{ cmd: GET }] }
    #     ^^^^^ error cilium/l7-mixed
        - ports: [{ port: "80", protocol: TCP }]
          listener: { name: l, envoyConfig: { name: c } }
    #     ^^^^^^^^ error cilium/l7-mixed
          rules: { http: [{}] }
        - ports: [{ port: "80", protocol: TCP }]
          rules: { l7proto: memcache, l7: [{ cmd: GET }] }
        - ports: [{ port: "80", protocol: TCP }]
          rules: { http: [{}] }
  `,
  );
});

test('a key of "l7" needs a name', () => {
  check(
    l7Mixed,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - toPorts:
        - ports: [{ port: "80", protocol: TCP }]
          rules: { l7proto: r2d2, l7: [{ cmd: READ }, { "": x }] }
    #                                                   ^^ error cilium/l7-mixed
  `,
  );
});
