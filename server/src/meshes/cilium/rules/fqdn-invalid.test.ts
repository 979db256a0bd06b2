import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { fqdnInvalid } from './fqdn-invalid.js';

test('reports names that cannot be matched', () => {
  check(
    fqdnInvalid,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      egress:
      - toFQDNs:
        - { matchName: a.example.org, matchPattern: "*.example.org" }
    #                                 ^^^^^^^^^^^^ error cilium/fqdn-invalid 💡
        - { matchName: "*.example.org" }
    #                  ^^^^^^^^^^^^^^^ error cilium/fqdn-invalid 💡 ""*.example.org" is no DNS name, but a pattern."
        - { matchPattern: "https://example.org" }
    #                     ^^^^^^^^^^^^^^^^^^^^^ error cilium/fqdn-invalid
        - {}
    #     ^^ error cilium/fqdn-invalid
        - { matchPattern: "*.example.org" }
        - { matchName: "{{ .Values.name }}" }
      - toPorts: [{ ports: [{ port: "53" }], rules: { dns: [{ matchName: a.example.org, matchPattern: "*" }] } }]
  `,
  );
});

test('offers to make a pattern of it', () => {
  const policy = (field: string) => `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec: { endpointSelector: {}, egress: [{ toFQDNs: [{ ${field}: "*.example.org" }] }] }
`;
  checkFix(fqdnInvalid, policy('matchName'), 'Rename to "matchPattern"', policy('matchPattern'));
});
