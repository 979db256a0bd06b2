import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { invalidAddress } from './invalid-address.js';

test('reports addresses that are none', () => {
  check(
    invalidAddress,
    `
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec: { servers: [{ bind: 10.0.0.300 }, { bind: "unix://@gw" }, { bind: "unix://gw" }, { bind: "" }] }
    #                         ^^^^^^^^^^ error istio/invalid-address ""10.0.0.300" is no IP address."
    #                                                                       ^^^^^^^^^^^ error istio/invalid-address
    ---
    kind: WorkloadEntry
    metadata: { name: cart, namespace: shop }
    spec: { address: cart_1 }
    #                ^^^^^^ error istio/invalid-address ""cart_1" is no IP address or host name."
    ---
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { tcp: [{ match: [{ destinationSubnets: [10.0.0.0/8, 10.0.0.0/33, "{{ .Values.subnet }}"] }] }] }
    #                                                          ^^^^^^^^^^^ error istio/invalid-address
    ---
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      rules:
      - from: [{ source: { ipBlocks: [10.0.0], notRemoteIpBlocks: ["::1"] } }]
    #                                 ^^^^^^ error istio/invalid-address
        when: [{ key: remote.ip, values: [a] }]
    #                                     ^ error istio/invalid-address
  `,
  );
});

test('allows names of endpoints where DNS resolves them', () => {
  check(
    invalidAddress,
    `
    kind: ServiceEntry
    metadata: { name: a, namespace: shop }
    spec: { resolution: STATIC, endpoints: [{ address: a.example.com }, { address: "unix:///run/a.sock" }, { network: n }] }
    #                                                  ^^^^^^^^^^^^^ error istio/invalid-address
    ---
    kind: ServiceEntry
    metadata: { name: b, namespace: shop }
    spec: { resolution: DNS, endpoints: [{ address: a.example.com }, { address: 10.0.0.1 }] }
  `,
  );
});

test('takes no empty addresses', () => {
  check(
    invalidAddress,
    `
    kind: ServiceEntry
    metadata: { name: a, namespace: shop }
    spec: { addresses: [""] }
    #                   ^^ error istio/invalid-address
    ---
    kind: WorkloadEntry
    metadata: { name: a, namespace: shop }
    spec: { address: "" }
    #                ^^ error istio/invalid-address
    ---
    kind: WorkloadEntry
    metadata: { name: b, namespace: shop }
    spec: { address: "", network: net }
  `,
  );
});
