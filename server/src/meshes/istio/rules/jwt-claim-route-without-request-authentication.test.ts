import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { jwtClaimRouteWithoutRequestAuthentication } from './jwt-claim-route-without-request-authentication.js';

const gateway = `
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec: { selector: { app: gateway } }
    ---
    kind: Deployment
    metadata: { name: gateway, namespace: istio-ingress }
    spec: { template: { metadata: { labels: { app: gateway } } } }
`;

test('reports routes by claims on a gateway without RequestAuthentication', () => {
  check(
    jwtClaimRouteWithoutRequestAuthentication,
    `
    kind: VirtualService
    metadata: { name: storefront, namespace: shop }
    spec:
      gateways: [public]
      http:
      - match:
        - headers:
            x-user: { exact: a }
            "@request.auth.claims[group]": { exact: admin }
    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error istio/jwt-claim-route-without-request-authentication "No RequestAuthentication in this workspace applies to the pods of Gateway "shop/public"."
${gateway}
    ---
    kind: RequestAuthentication
    metadata: { name: other, namespace: istio-ingress }
    spec: { selector: { matchLabels: { app: other } } }
`,
  );
});

test('one that selects the pods, or all of them, is enough; in the open world it may be elsewhere', () => {
  const yaml = `
    kind: VirtualService
    metadata: { name: storefront, namespace: shop }
    spec:
      gateways: [public, mesh]
      http: [{ match: [{ headers: { "@request.auth.claims.group": { exact: admin } } }] }]
${gateway}`;
  const policy = (namespace: string) => `
    ---
    kind: RequestAuthentication
    metadata: { name: tokens, namespace: ${namespace} }
    spec: { jwtRules: [] }
`;
  check(jwtClaimRouteWithoutRequestAuthentication, yaml + policy('istio-ingress'));
  check(jwtClaimRouteWithoutRequestAuthentication, yaml + policy('istio-system'));
  check(jwtClaimRouteWithoutRequestAuthentication, yaml, { world: 'open' });
});
