import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { invalidHost } from './invalid-host.js';

test('reports hosts of routes and destinations that are no DNS names', () => {
  check(
    invalidHost,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      hosts: [cart, "*.example.com", 10.0.0.1, "a b", "{{ .Values.host }}", "www.{{ .Values.domain }}"]
    #                                          ^^^^^ error istio/invalid-host ""a b" is no DNS name, with or without a star as its first label."
      http:
      - route:
        - destination: { host: "*" }
    #                          ^^^ error istio/invalid-host "A destination is one host, not all of them."
        - destination: { host: cart.*.svc }
    #                          ^^^^^^^^^^ error istio/invalid-host
    ---
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      host: "*"
      trafficPolicy: { tunnel: { targetHost: "*.example.com" } }
    #                                        ^^^^^^^^^^^^^^^ error istio/invalid-host
  `,
  );
});

test('allows all hosts at gateways only', () => {
  check(
    invalidHost,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      gateways: [public, mesh]
      hosts: ["*"]
    #         ^^^ error istio/invalid-host
    ---
    kind: VirtualService
    metadata: { name: basket, namespace: shop }
    spec:
      gateways: [public]
      hosts: ["*", outbound_.80_._.cart.shop.svc.cluster.local]
  `,
  );
});

test('reports hosts of gateways and sidecars', () => {
  check(
    invalidHost,
    `
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec:
      servers:
      - hosts: ["*", ./a.example.com, "*/*.example.com", 10.1.2.3, shop]
    #                                                              ^^^^ error istio/invalid-host ""shop" is a short name; a Gateway takes full names only."
      - hosts: [/a.example.com, ~/a.example.com, "*shop.example.com"]
    #           ^^^^^^^^^^^^^^ error istio/invalid-host ""/a.example.com" names no namespace before the slash."
    #                           ^^^^^^^^^^^^^^^ error istio/invalid-host
    #                                            ^^^^^^^^^^^^^^^^^^^ error istio/invalid-host "The star of "*shop.example.com" is no label of its own."
    ---
    kind: Sidecar
    metadata: { name: default, namespace: shop }
    spec:
      egress:
      - hosts: [./*, "*/*", ~/*, ~team-a/*, shop/cart, team_a/*, cart]
    #                                                  ^^^^^^^^ error istio/invalid-host
    #                                                            ^^^^ error istio/invalid-host
    #                                       ^^^^^^^^^ error istio/invalid-host
  `,
  );
});

test('warns of stars in a ServiceEntry that match nothing', () => {
  check(
    invalidHost,
    `
    kind: ServiceEntry
    metadata: { name: api, namespace: shop }
    spec:
      hosts: ["*api.example.com", "*.example.com"]
    #         ^^^^^^^^^^^^^^^^^^ warning istio/invalid-host
    ---
    kind: ServiceEntry
    metadata: { name: dynamic, namespace: shop }
    spec:
      hosts: ["*api.example.com"]
      resolution: DYNAMIC_DNS
  `,
  );
});

test('takes scheme and port away', () => {
  const yaml = (host: string) => `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { host: "${host}" }
  `;
  checkFix(invalidHost, yaml('https://www.example.com:443/'), 'Change to "www.example.com"', yaml('www.example.com'));
});

test('takes no short names in a Sidecar', () => {
  check(
    invalidHost,
    `
    kind: Sidecar
    metadata: { name: a, namespace: shop }
    spec: { egress: [{ hosts: ["./*", pay/cart, "*/api.example.com"] }] }
    #                                 ^^^^^^^^ error istio/invalid-host
  `,
  );
});
