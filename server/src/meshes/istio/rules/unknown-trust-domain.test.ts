import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { unknownTrustDomain } from './unknown-trust-domain.js';

const policy = (principal: string) => `
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      rules:
      - from:
        - source:
            principals: [${principal}]`;

test('reports a trust domain that the mesh does not have', () => {
  check(
    unknownTrustDomain,
    `${policy('old.example.com/ns/default/sa/default')}
    #                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning istio/unknown-trust-domain 💡 "Trust domain "old.example.com" is not this mesh's, which is "cluster.local"."
    `,
  );
});

test('aliases and cluster.local belong to the mesh', () => {
  const settings = { istio: { trustDomain: 'corp.example.com', meshConfigText: 'trustDomainAliases: [old.example.com]' } };
  check(unknownTrustDomain, policy('old.example.com/ns/default/sa/default'), { settings });
  check(
    unknownTrustDomain,
    `${policy('cluster.local/ns/default/sa/default')}
    #                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint istio/unknown-trust-domain 💡 ""cluster.local" stands for this mesh's trust domain here, which is "corp.example.com". It matches all the same."
    `,
    { settings },
  );
  check(unknownTrustDomain, policy('corp.example.com/ns/default/sa/default'), { settings });
});

test('in the open world the mesh config may be elsewhere', () => {
  check(unknownTrustDomain, policy('old.example.com/ns/default/sa/default'), { world: 'open' });
  const config = (text: string) => ({ world: 'open' as const, settings: { istio: { meshConfigText: text } } });
  check(unknownTrustDomain, policy('old.example.com/ns/default/sa/default'), config('enableAutoMtls: true'));
  check(
    unknownTrustDomain,
    `${policy('old.example.com/ns/default/sa/default')}
    #                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning istio/unknown-trust-domain 💡 "Trust domain "old.example.com" is not this mesh's, which is "cluster.local"."
    `,
    config('trustDomain: cluster.local'),
  );
});
