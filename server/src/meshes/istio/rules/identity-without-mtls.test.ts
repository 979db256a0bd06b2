import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { identityWithoutMtls } from './identity-without-mtls.js';

const policy = (mark: string) => `
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      selector: { matchLabels: { app: cart } }
      rules:
      - from:
        - source:
            principals: [cluster.local/ns/shop/sa/default]
    #       ${mark}
        when:
        - key: source.ip
          values: [10.0.0.1]`;
const MARK = '^^^^^^^^^^ error istio/identity-without-mtls';

const peer = (selector: string, mode: string) => `
    ---
    kind: PeerAuthentication
    metadata: { name: peer, namespace: shop }
    spec: { ${selector}mtls: { mode: ${mode} } }`;

test('reports callers without identity', () => {
  check(identityWithoutMtls, policy(`${MARK} ""principals" needs mTLS, which is off for app=cart."`) + peer('', 'DISABLE'));
  check(identityWithoutMtls, policy(MARK) + peer('selector: { matchLabels: { app: cart } }, ', 'DISABLE'));
});

test('mTLS that is on by decree or by itself gives identities', () => {
  check(identityWithoutMtls, policy('') + peer('', 'STRICT'));
  check(identityWithoutMtls, policy('') + peer('', 'PERMISSIVE'));
  check(identityWithoutMtls, policy('') + peer('selector: { matchLabels: { app: other } }, ', 'DISABLE'));
  check(identityWithoutMtls, policy(''));
});

test('without auto mTLS somebody has to turn it on', () => {
  check(identityWithoutMtls, policy(MARK), { settings: { istio: { meshConfigText: 'enableAutoMtls: false' } } });
});
