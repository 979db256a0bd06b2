import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { foreignSniHost } from './foreign-sni-host.js';

test('reports SNI hosts that are no hosts of the VirtualService', () => {
  check(
    foreignSniHost,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      hosts: [cart, "*.example.com"]
      tls:
      - match:
        - sniHosts: [cart, a.example.com, "*.b.example.com", example.org, "*.com", 10.0.0.1]
    #                                                        ^^^^^^^^^^^ error istio/foreign-sni-host ""example.org" is none of the hosts of this VirtualService."
    #                                                                     ^^^^^^^ error istio/foreign-sni-host
    #                                                                              ^^^^^^^^ warning istio/foreign-sni-host "Clients send no SNI for an IP address. This matches nothing."
    ---
    kind: VirtualService
    metadata: { name: basket, namespace: shop }
    spec:
      hosts: [cart, "{{ .Values.host }}"]
      tls: [{ match: [{ sniHosts: [example.org] }] }]
  `,
  );
});
