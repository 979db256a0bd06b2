import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { hostnameNotServed } from './hostname-not-served.js';

const gateway = `
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: public, namespace: ingress }
    spec:
      listeners:
      - { name: shop, port: 80, protocol: HTTP, hostname: "*.shop.example.com" }
      - { name: api, port: 8080, protocol: HTTP, hostname: api.example.com }
      - { name: any, port: 9000, protocol: TCP }
`;
const route = (hostnames: string, parent: string) => `
    kind: HTTPRoute
    metadata: { name: storefront, namespace: ingress }
    spec:
      hostnames: ${hostnames}
      parentRefs:
      - ${parent}
`;

test('reports hostnames that no listener serves', () => {
  check(
    hostnameNotServed,
    `
    ${route('[shop.example.com]', 'name: public').trim()}
    #         ^^^^^^ error gateway-api/hostname-not-served "Gateway "ingress/public" serves "*.shop.example.com" and "api.example.com" and none of this route's hostnames."
${gateway}`,
  );
  check(
    hostnameNotServed,
    `
    ${route('[a.shop.example.com]', '{ name: public, sectionName: api }').trim()}
    #           ^^^^^^ error gateway-api/hostname-not-served "Listener "api" of Gateway "ingress/public" serves "api.example.com""
${gateway}`,
  );
});

test('one common hostname is enough', () => {
  check(hostnameNotServed, route('[example.org, a.b.shop.example.com]', 'name: public') + gateway);
  check(hostnameNotServed, route('["*.example.com"]', 'name: public') + gateway);
  check(hostnameNotServed, route('["{{ .Values.host }}"]', 'name: public') + gateway);
});
