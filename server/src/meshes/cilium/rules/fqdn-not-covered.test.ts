import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { fqdnNotCovered } from './fqdn-not-covered.js';

const policy = (names: string, dns: string) => `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: { matchLabels: { app: web } }
      egress:
      - toFQDNs:
${names}
      - toPorts: [{ ports: [{ port: "53" }], rules: { dns: [${dns}] } }]
`;

test('reports names that pods may not ask for', () => {
  check(
    fqdnNotCovered,
    policy(
      `        - matchName: api.example.org
    #                ^^^^^^^^^^^^^^^ warning cilium/fqdn-not-covered 💡 "No DNS rule for these pods covers "api.example.org"."
        - matchName: deep.api.example.com
    #                ^^^^^^^^^^^^^^^^^^^^ warning cilium/fqdn-not-covered 💡
        - matchName: API.example.com
        - matchPattern: "a*.example.com"`,
      '{ matchPattern: "*.example.com" }',
    ),
  );
  check(fqdnNotCovered, policy('        - matchName: api.example.org', '{ matchPattern: "*" }'));
  check(fqdnNotCovered, policy('        - matchName: a.b.example.org', '{ matchPattern: "**.example.org" }'));
});

test('offers to add the name', () => {
  const names = '        - matchName: api.example.org';
  checkFix(
    fqdnNotCovered,
    policy(names, '{ matchName: example.org }'),
    'Let these pods ask for "api.example.org"',
    policy(names, '{ matchName: example.org }, { matchName: api.example.org }'),
  );
});
