import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { conflictingGateways } from './conflicting-gateways.js';

const gateway = (name: string, selector: string, servers: string) => `
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: ${name}, namespace: shop }
    spec:
      selector: { ${selector} }
      servers:
${servers}
    ---`;

test('reports one host on one port of the same pods', () => {
  check(
    conflictingGateways,
    gateway(
      'a',
      'istio: ingress',
      `
      - port: { number: 443, protocol: HTTPS }
        hosts: [www.example.com, shop.example.com]
    #                            ^^^^^^^^^^^^^^^^ error istio/conflicting-gateways "Gateway "shop/b" serves "shop.example.com" on port 443 of the same pods, too. Only the older one serves it."
      - port: { number: 8443, protocol: HTTPS }
        hosts: [shop.example.com]`,
    ) +
      gateway(
        'b',
        'istio: ingress, app: gw',
        `
      - port: { number: 443, protocol: HTTPS }
        hosts: [shop.example.com]
    #           ^^^^^^^^^^^^^^^^ error istio/conflicting-gateways`,
      ) +
      gateway(
        'c',
        'istio: other',
        `
      - port: { number: 443, protocol: HTTPS }
        hosts: [shop.example.com]`,
      ) +
      gateway(
        'd',
        'istio: ingress',
        `
      - { port: { number: 443, protocol: HTTPS }, hosts: [shop.example.com], bind: 10.0.0.1 }
    #                                                     ^^^^^^^^^^^^^^^^ hint istio/conflicting-gateways "Gateway "shop/a" serves hosts that overlap "shop.example.com" on port 443. They listen on different addresses."`,
      ),
    { world: 'open' },
  );
});

test('plain HTTP is put together, and the narrower host wins', () => {
  check(
    conflictingGateways,
    gateway(
      'a',
      'istio: ingress',
      `
      - port: { number: 80, protocol: HTTP }
        hosts: [www.example.com, shop.example.org]
    #           ^^^^^^^^^^^^^^^ hint istio/conflicting-gateways "Gateway "shop/b" serves "www.example.com" on port 80 of the same pods, too."
    #                            ^^^^^^^^^^^^^^^^ hint istio/conflicting-gateways "Gateway "shop/b" serves hosts that overlap "shop.example.org" on port 80."`,
    ) +
      gateway(
        'b',
        'istio: ingress',
        `
      - port: { number: 80, protocol: HTTP }
        hosts: [www.example.com, "*.example.org"]
    #           ^^^^^^^^^^^^^^^ hint istio/conflicting-gateways
    #                            ^^^^^^^^^^^^^^^ hint istio/conflicting-gateways`,
      ),
  );
});

test('different labels may be those of one pod', () => {
  const two = (mark: string) =>
    gateway('a', 'istio: ingress', `      - { port: { number: 443 }, hosts: [shop.example.com] }\n${mark}`) +
    gateway('b', 'app: gw', `      - { port: { number: 443 }, hosts: [shop.example.com] }\n${mark}`);
  check(conflictingGateways, two(''));
  check(
    conflictingGateways,
    `${two('    #                                    ^^^^^^^^^^^^^^^^ error istio/conflicting-gateways')}
    kind: Deployment
    metadata: { name: gw, namespace: ingress }
    spec: { template: { metadata: { labels: { istio: ingress, app: gw } } } }
`,
  );
});
