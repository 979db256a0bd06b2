import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { strictWithoutMtlsRule } from './strict-without-mtls-rule.js';

const settings = { istio: { meshConfigText: 'enableAutoMtls: false' } };
const rule = (exportTo: string) => `
    ---
    kind: DestinationRule
    metadata: { name: all, namespace: platform }
    spec: { host: "*.local", exportTo: ["${exportTo}"], trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }`;

test('reports STRICT where clients are told nothing', () => {
  check(
    strictWithoutMtlsRule,
    `
    kind: PeerAuthentication
    metadata: { name: default, namespace: shop }
    spec: { mtls: { mode: STRICT } }
    #                     ^^^^^^ error istio/strict-without-mtls-rule
    ${rule('.').trimStart()}
    `,
    { settings },
  );
});

test('a rule for the mesh, or auto mTLS, is enough', () => {
  const policy = `
    kind: PeerAuthentication
    metadata: { name: default, namespace: shop }
    spec: { mtls: { mode: STRICT } }`;
  check(strictWithoutMtlsRule, policy + rule('*'), { settings });
  check(strictWithoutMtlsRule, policy);
});

test('a policy for single workloads is not judged', () => {
  check(
    strictWithoutMtlsRule,
    `
    kind: PeerAuthentication
    metadata: { name: cart, namespace: shop }
    spec: { selector: { matchLabels: { app: cart } }, mtls: { mode: STRICT } }
    `,
    { settings },
  );
});
