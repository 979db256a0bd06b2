import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { policyWithoutProxy } from './policy-without-proxy.js';

const cart = (template = '') => `
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart${template} } }, spec: { containers: [{ name: cart }] } } }`;

test('reports a policy for workloads that are outside the mesh', () => {
  check(
    policyWithoutProxy,
    `
    kind: AuthorizationPolicy
    metadata: { name: access, namespace: shop }
    #                 ^^^^^^ warning istio/policy-without-proxy ""cart" has no sidecar and is not in ambient. Nothing enforces this policy."
    spec: { rules: [{}] }
    ---
    kind: Namespace
    metadata: { name: shop }${cart()}
    `,
    { world: 'open' },
  );
});

test('reports a namespace without workloads, where the files are all there is', () => {
  const yaml = (mark: string) => `
    kind: AuthorizationPolicy
    metadata:
      name: access
    ${mark}
      namespace: shop
    spec: { rules: [{}] }
  `;
  check(policyWithoutProxy, yaml('#       ^^^^^^ warning istio/policy-without-proxy'));
  check(policyWithoutProxy, yaml(''), { world: 'open' });
});

test('one workload in the mesh, or a Namespace that is not at hand, is enough', () => {
  const policy = `
    kind: AuthorizationPolicy
    metadata: { name: access, namespace: shop }
    spec: { rules: [{}] }`;
  check(policyWithoutProxy, policy + cart());
  check(
    policyWithoutProxy,
    `${policy}${cart(', sidecar.istio.io/inject: "true"')}\n    ---\n    kind: Namespace\n    metadata: { name: shop }`,
  );
});

test('labels the Namespace, or takes the opt-out away', () => {
  const policy = `
    kind: AuthorizationPolicy
    metadata: { name: acc$0ess, namespace: shop }
    spec: { rules: [{}] }
    ---
`;
  checkFix(
    policyWithoutProxy,
    `${policy}    kind: Namespace
    metadata: { name: shop }${cart()}`,
    'Label Namespace "shop" istio-injection=enabled',
    `${policy.replace('$0', '')}    kind: Namespace
    metadata: { name: shop, labels: { istio-injection: enabled } }${cart()}`,
  );
  checkFix(
    policyWithoutProxy,
    `${policy}    kind: Namespace
    metadata: { name: shop, labels: { istio-injection: enabled } }${cart(', sidecar.istio.io/inject: "false"')}`,
    'Remove the opt-out of "shop/cart"',
    `${policy.replace('$0', '')}    kind: Namespace
    metadata: { name: shop, labels: { istio-injection: enabled } }${cart()}`,
  );
});
