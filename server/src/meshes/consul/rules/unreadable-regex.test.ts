import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { unreadableRegex } from './unreadable-regex.js';

test('reports what RE2 does not have, where it stands', () => {
  check(
    unreadableRegex,
    `
    apiVersion: consul.hashicorp.com/v1alpha1
    kind: ServiceRouter
    metadata: { name: cart, namespace: shop }
    spec:
      routes:
      - match: { http: { pathRegex: /(?!b), header: [{ name: a, regex: "(?i)b+" }] } }
    #                                ^^^ error consul/unreadable-regex "RE2 cannot read this regular expression: it has no look-ahead. Envoy refuses the configuration that holds it. Write it in the syntax of RE2, or as a prefix or exact match."
    ---
    apiVersion: consul.hashicorp.com/v1alpha1
    kind: ServiceIntentions
    metadata: { name: cart, namespace: shop }
    spec:
      destination: { name: cart }
      sources: [{ name: storefront, permissions: [{ action: allow, http: { header: [{ name: a, regex: 'a*+' }] } }] }]
    #                                                                                                   ^^ error consul/unreadable-regex
  `,
  );
});
