import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { authorizationDeniesAll } from './authorization-denies-all.js';

const allow = (namespace: string, spec: string) => `
    ---
    kind: AuthorizationPolicy
    metadata: { name: allow, namespace: ${namespace} }
    spec: { ${spec}rules: [{ from: [{ source: { namespaces: [shop] } }] }] }`;

test('reports a policy that admits nothing', () => {
  check(
    authorizationDeniesAll,
    `
    kind: AuthorizationPolicy
    metadata: { name: deny, namespace: payments }
    spec:
      action: ALLOW
    #         ^^^^^ warning istio/authorization-denies-all 💡 "This policy has no rules, and no other in this workspace allows anything to "payments". Every request gets 403."
    ---
    kind: AuthorizationPolicy
    metadata: { name: deny, namespace: shop }
    spec: {}
    #< warning istio/authorization-denies-all 💡
    `,
  );
});

test('a default deny beside a policy that allows something is meant', () => {
  check(
    authorizationDeniesAll,
    `
    kind: AuthorizationPolicy
    metadata: { name: deny, namespace: payments }
    spec: {}
    ---
    kind: AuthorizationPolicy
    metadata: { name: deny, namespace: istio-system }
    spec: {}${allow('payments', 'selector: { matchLabels: { app: payment } }, ')}
    `,
  );
});

test('a policy for other workloads allows nothing here', () => {
  check(
    authorizationDeniesAll,
    `
    kind: AuthorizationPolicy
    metadata: { name: deny, namespace: payments }
    spec:
      selector: { matchLabels: { app: payment } }
      action: ALLOW
    #         ^^^^^ info istio/authorization-denies-all 💡 "This policy has no rules, and no other in this workspace allows anything to app=payment."
    ${allow('payments', 'selector: { matchLabels: { app: ledger } }, ').trimStart()}
    `,
    { world: 'open' },
  );
});

test('DENY, dry runs and policies of a Gateway are something else', () => {
  check(
    authorizationDeniesAll,
    `
    kind: AuthorizationPolicy
    metadata: { name: a, namespace: payments }
    spec: { action: DENY }
    ---
    kind: AuthorizationPolicy
    metadata: { name: b, namespace: payments, annotations: { istio.io/dry-run: "true" } }
    spec: {}
    ---
    kind: AuthorizationPolicy
    metadata: { name: c, namespace: payments }
    spec: { targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: waypoint }] }
    `,
  );
});

test('turns it into a dry run', () => {
  checkFix(
    authorizationDeniesAll,
    `
    kind: AuthorizationPolicy
    metadata:
      name: deny
      namespace: payments
    spec: {}
    `,
    'Dry-run it first (istio.io/dry-run)',
    `
    kind: AuthorizationPolicy
    metadata:
      name: deny
      namespace: payments
      annotations:
        istio.io/dry-run: "true"
    spec: {}
    `,
  );
});
