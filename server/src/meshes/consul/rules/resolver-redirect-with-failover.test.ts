import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { resolverRedirectWithFailover } from './resolver-redirect-with-failover.js';

test('a redirect beside a failover', () => {
  check(
    resolverRedirectWithFailover,
    `
    kind: ServiceResolver
    metadata: { name: web, namespace: shop }
    spec:
      redirect: { service: api }
      failover:
    #< error consul/resolver-redirect-with-failover 💡
        '*': { service: db }
    ---
    kind: ServiceResolver
    metadata: { name: api, namespace: shop }
    spec:
      redirect: { service: web }
      failover: {}
  `,
  );
});
