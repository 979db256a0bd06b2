import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { mtlsRuleWithoutPolicy } from './mtls-rule-without-policy.js';

const settings = { istio: { meshConfigText: 'enableAutoMtls: false' } };

test('reports mTLS that nobody accepts by decree', () => {
  check(
    mtlsRuleWithoutPolicy,
    `
    kind: DestinationRule
    metadata: { name: all, namespace: shop }
    spec: { host: "*.shop.svc.cluster.local", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }
    #                                                                       ^^^^^^^^^^^^ error istio/mtls-rule-without-policy "enableAutoMtls is off, and no PeerAuthentication in this workspace turns mTLS on for "shop"."
    `,
    { settings },
  );
});

test('a policy of the namespace or the mesh is enough, and auto mTLS needs none', () => {
  const rule = `
    kind: DestinationRule
    metadata: { name: all, namespace: shop }
    spec: { host: "*.shop.svc.cluster.local", trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }`;
  const policy = `${rule}
    ---
    kind: PeerAuthentication
    metadata: { name: default, namespace: istio-system }
    spec: { mtls: { mode: STRICT } }`;
  check(mtlsRuleWithoutPolicy, policy, { settings });
  check(mtlsRuleWithoutPolicy, rule);
});
