import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { gatewayRouteNotAuthorized } from './gateway-route-not-authorized.js';

const world = (gateways = 'ingress/public') => `
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: ingress }
    spec: { selector: { app: gateway }, servers: [{ hosts: ["*"], port: { number: 80, name: http, protocol: HTTP } }] }
    ---
    kind: Deployment
    metadata: { name: gateway, namespace: ingress }
    spec: { template: { metadata: { labels: { app: gateway } }, spec: { serviceAccountName: gateway, containers: [] } } }
    ---
    kind: VirtualService
    metadata: { name: shop, namespace: shop }
    spec: { hosts: [shop.example.com], gateways: [${gateways}], http: [{ route: [{ destination: { host: cart } }] }] }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart } }, spec: { containers: [] } } }`;

const policy = (source: string, name = 'cart') => `
    kind: AuthorizationPolicy
    metadata: { name: ${name}, namespace: shop }
    spec:
      selector: { matchLabels: { app: cart } }
      rules:
      - from:
        - source: { ${source} }`;

test('reports a gateway that no policy of the workload admits', () => {
  check(
    gatewayRouteNotAuthorized,
    `${policy('principals: [cluster.local/ns/shop/sa/default]')}
    #               ^^^^^^^^^^ warning istio/gateway-route-not-authorized 💡 "Gateway "ingress/public" routes to "cart", and no policy admits its account "ingress/gateway". Requests through it get 403."
    ${world().trimStart()}`,
  );
});

test('a trust domain that a policy writes may be that of the mesh, unless a file names another', () => {
  const own = 'principals: [prod.example.com/ns/ingress/sa/gateway]';
  check(gatewayRouteNotAuthorized, policy(own) + world());
  check(
    gatewayRouteNotAuthorized,
    `${policy(own)}
    #               ^^^^^^^^^^ warning istio/gateway-route-not-authorized 💡
    ${world().trimStart()}`,
    { settings: { istio: { trustDomain: 'test.example.com' } } },
  );
});

test('any policy that may admit the gateway is enough', () => {
  for (const source of [
    'principals: ["*/ns/ingress/sa/gateway"]',
    'namespaces: [ing*]',
    'requestPrincipals: ["*"]',
    'serviceAccounts: [ingress/gateway]',
  ])
    check(gatewayRouteNotAuthorized, policy(source) + world());
  check(
    gatewayRouteNotAuthorized,
    `${policy('principals: [cluster.local/ns/shop/sa/default]')}
    ---${policy('namespaces: [ingress]', 'from-gateway')}${world()}`,
  );
});

test('a route inside the mesh comes from its caller', () => {
  check(gatewayRouteNotAuthorized, policy('principals: [cluster.local/ns/shop/sa/default]') + world('mesh'));
});
