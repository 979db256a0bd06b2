import { expect, test } from 'vitest';
import { check, checkFix, fixTitles } from '../../../../../test/support/check.js';
import { unknownPrincipal } from './unknown-principal.js';

const world = `
    ---
    kind: ServiceAccount
    metadata: { name: checkout, namespace: shop }
    ---
    kind: Deployment
    metadata: { name: payment, namespace: payments }
    spec:
      template:
        metadata: { labels: { app: payment } }
        spec: { serviceAccountName: payment-runner, containers: [{ name: payment }] }`;

const policy = (...principals: readonly string[]) => `
    kind: AuthorizationPolicy
    metadata: { name: access, namespace: payments }
    spec:
      rules:
      - from:
        - source:
            principals:
${principals.map((it) => `            ${it}`).join('\n')}`;

test('reports an account that does not exist, and the near miss', () => {
  check(
    unknownPrincipal,
    `${policy('- cluster.local/ns/shop/sa/chekout')}
    #         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error istio/unknown-principal 💡 "No ServiceAccount "chekout" exists in "shop" ("checkout" exists). This rule never matches its caller."
    ${world.trimStart()}`,
  );
});

test('an account may be declared, be used by a workload, or be the one that every namespace has', () => {
  check(
    unknownPrincipal,
    `${policy(
      '- cluster.local/ns/shop/sa/checkout',
      '- cluster.local/ns/payments/sa/payment-runner',
      '- cluster.local/ns/payments/sa/default',
      '- cluster.local/ns/shop/*',
      '- "*/ns/payments/sa/payment-*"',
      '- "*"',
      '- old.example.com/ns/shop/sa/who',
      '- "*/sa/default"',
    )}${world}`,
  );
});

test('offers the same account of another namespace', () => {
  expect(fixTitles(unknownPrincipal, `${policy('- cluster.local/ns/payments/sa/checkout')}${world}`)).toEqual([
    'Change to "cluster.local/ns/shop/sa/checkout"',
  ]);
});

test('in the open world a namespace that is not at hand proves nothing', () => {
  check(unknownPrincipal, `${policy('- cluster.local/ns/elsewhere/sa/batch')}${world}`, { world: 'open' });
});

test('in the open world an account missing among those at hand is a warning', () => {
  check(
    unknownPrincipal,
    `
    kind: AuthorizationPolicy
    metadata: { name: access, namespace: payments }
    spec:
      rules:
      - from:
        - source:
            principals: [cluster.local/ns/shop/sa/batch]
    #                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning istio/unknown-principal "No ServiceAccount "batch" of "shop" is in this workspace."
            serviceAccounts: [shop/batch]
    #                         ^^^^^^^^^^ warning istio/unknown-principal
    ${world.trimStart()}
    `,
    { world: 'open' },
  );
});

test('tells text that no principal looks like', () => {
  check(
    unknownPrincipal,
    `
    kind: AuthorizationPolicy
    metadata: { name: access, namespace: payments }
    spec:
      rules:
      - from:
        - source:
            principals: [batch, /ns/shop/sa/batch, "*", "*/sa/web", cluster.local/*/sa/batch, other/ns/*]
    #                    ^^^^^ error istio/unknown-principal ""batch" is no principal; one is written "cluster.local/ns/NAMESPACE/sa/ACCOUNT"."
    #                           ^^^^^^^^^^^^^^^^^ error istio/unknown-principal
    #                                                   ^^^^^^^^^^ error istio/unknown-principal "No ServiceAccount in this workspace matches "*/sa/web"."
    #                                                               ^^^^^^^^^^^^^^^^^^^^^^^^ error istio/unknown-principal ""cluster.local/*/sa/batch" has a "*" in the middle, where it stands for itself."
    #                                                                                         ^^^^^^^^^^ error istio/unknown-principal "Trust domain "other" of "other/ns/*" is not this mesh's, which is "cluster.local"."
  `,
  );
});

test('creates an account that nothing is like, beside those of its namespace', () => {
  const yaml = (more: string) => `
    # file: policy.yaml
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec: { rules: [{ from: [{ source: { principals: [cluster.local/ns/payments/sa/led$0ger] } }] }] }
    # file: accounts.yaml
    apiVersion: v1
    kind: ServiceAccount
    metadata: { name: payment, namespace: payments }
${more}`;
  checkFix(
    unknownPrincipal,
    yaml(''),
    'Create ServiceAccount "payments/ledger" (workspace/accounts.yaml)',
    yaml('    ---\n    apiVersion: v1\n    kind: ServiceAccount\n    metadata:\n      name: ledger\n      namespace: payments\n').replace(
      '$0',
      '',
    ),
  );
});
