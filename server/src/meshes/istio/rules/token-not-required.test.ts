import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { tokenNotRequired } from './token-not-required.js';

const authentication = (mark: string) => `
    kind: RequestAuthentication
    metadata: { name: checkout, namespace: shop }
    spec:
      selector: { matchLabels: { app: checkout } }
      jwtRules:
    # ${mark}
      - issuer: https://login.example.com`;
const policy = (app: string, rule: string) => `
    ---
    kind: AuthorizationPolicy
    metadata: { name: policy, namespace: shop }
    spec: { selector: { matchLabels: { app: ${app} } }, rules: [${rule}] }`;

test('reports tokens that nobody has to bring', () => {
  const bad = `${authentication('^^^^^^^^ warning istio/token-not-required 💡 "No AuthorizationPolicy in this workspace requires a token for app=checkout. Requests without one pass."')}`;
  check(tokenNotRequired, bad + policy('checkout', '{ to: [{ operation: { methods: [GET] } }] }'));
  check(tokenNotRequired, bad + policy('cart', '{ from: [{ source: { requestPrincipals: ["*"] } }] }'));
  check(tokenNotRequired, authentication('^^^^^^^^ info istio/token-not-required 💡'), { world: 'open' });
});

test('a policy that looks at the token requires it', () => {
  check(tokenNotRequired, authentication('') + policy('checkout', '{ from: [{ source: { requestPrincipals: ["*"] } }] }'));
  check(tokenNotRequired, authentication('') + policy('checkout', '{ when: [{ key: "request.auth.claims[iss]", values: [a] }] }'));
});

test('creates the policy', () => {
  const yaml = `
    kind: RequestAuthentication
    metadata: { name: checkout, namespace: shop }
    spec: { selector: { matchLabels: { app: checkout } }, jwtRules: [{ issuer: a }] }
    ---
    kind: Deployment
    metadata: { name: checkout, namespace: shop }
    spec: { template: { metadata: { labels: { app: checkout } }, spec: { containers: [] } } }`;
  const [first, second] = yaml.split('    ---\n') as [string, string];
  checkFix(
    tokenNotRequired,
    yaml,
    'Create AuthorizationPolicy "checkout-require-token"',
    `${first}    ---
    apiVersion: security.istio.io/v1
    kind: AuthorizationPolicy
    metadata:
      name: checkout-require-token
      namespace: shop
    spec:
      selector:
        matchLabels:
          app: checkout
      action: DENY
      rules:
      - from:
        - source:
            notRequestPrincipals: ["*"]
    ---
${second}`,
  );
});
