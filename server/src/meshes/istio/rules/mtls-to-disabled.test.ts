import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { mtlsToDisabled } from './mtls-to-disabled.js';

const rule = (host: string, mode: string) => `
    ---
    kind: DestinationRule
    metadata: { name: rule, namespace: shop }
    spec: { host: "${host}", trafficPolicy: { tls: { mode: ${mode} } } }`;

test('reports mTLS for a namespace that turned it off', () => {
  check(
    mtlsToDisabled,
    `
    kind: PeerAuthentication
    metadata: { name: default, namespace: shop }
    spec: { mtls: { mode: DISABLE } }
    #                     ^^^^^^^ error istio/mtls-to-disabled "mTLS is off here, and DestinationRule "rule" sends it to "*.local"."
    ${rule('*.local', 'ISTIO_MUTUAL').trimStart()}
    `,
  );
});

test('a rule of the namespace overrules the one of the mesh', () => {
  check(
    mtlsToDisabled,
    `
    kind: PeerAuthentication
    metadata: { name: default, namespace: shop }
    spec: { mtls: { mode: DISABLE } }${rule('*.local', 'ISTIO_MUTUAL')}${rule('*.shop.svc.cluster.local', 'DISABLE')}
    `,
  );
});
