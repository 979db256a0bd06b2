import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { jwksFetchUnrestricted } from './jwks-fetch-unrestricted.js';

const authentication = `
    ---
    kind: RequestAuthentication
    metadata: { name: login, namespace: shop }`;

test('reports an istiod that may fetch from anywhere', () => {
  check(
    jwksFetchUnrestricted,
    `
    kind: Deployment
    metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
    #                 ^^^^^^ warning istio/jwks-fetch-unrestricted
    spec: { template: { spec: { containers: [{ name: discovery, env: [{ name: OTHER, value: a }] }] } } }
    ${authentication.trimStart()}
    `,
  );
});

test('a list of blocked addresses, or no policy at all, is fine', () => {
  const istiod = (env: string) => `
    kind: Deployment
    metadata: { name: istiod, namespace: istio-system, labels: { app: istiod } }
    spec: { template: { spec: { containers: [{ name: discovery, env: [${env}] }] } } }`;
  check(jwksFetchUnrestricted, istiod(''));
  check(jwksFetchUnrestricted, istiod('{ name: BLOCKED_CIDRS_IN_JWKS_URIS, value: 10.0.0.0/8 }') + authentication);
});
