import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { cidrInvalid } from './cidr-invalid.js';

test('reports ranges that cannot be read, and exceptions outside of them', () => {
  check(
    cidrInvalid,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      egress:
      - toCIDRSet:
        - { cidr: 10.0.0.1 }
    #             ^^^^^^^^ error cilium/cidr-invalid 💡
        - { cidr: 10.0.0.0/8, except: [192.168.0.0/16, 10.1.0.0/16, 10.0.0.0/4] }
    #                                  ^^^^^^^^^^^^^^ error cilium/cidr-invalid
    #                                                               ^^^^^^^^^^ error cilium/cidr-invalid
        - { cidr: 10.0.0.0/8, cidrGroupRef: g }
    #                         ^^^^^^^^^^^^ error cilium/cidr-invalid
        - { except: [10.0.0.0/16] }
    #       ^^^^^^ error cilium/cidr-invalid
        - { cidr: "2001:db8::/32", except: ["2001:db8:1::/48"] }
      - toCIDR: [10.0.0.1, "::1", 10.0.0.0/33]
    #                             ^^^^^^^^^^^ error cilium/cidr-invalid
    ---
    kind: CiliumCIDRGroup
    metadata: { name: partners }
    spec: { externalCIDRs: [192.0.2.0/24, 192.0.2] }
    #                                     ^^^^^^^ error cilium/cidr-invalid
  `,
  );
});

test('offers the range of one address', () => {
  const policy = (cidr: string) => `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec: { endpointSelector: {}, egress: [{ toCIDRSet: [{ cidr: ${cidr} }] }] }
`;
  checkFix(cidrInvalid, policy('10.0.0.1'), 'Change to "10.0.0.1/32"', policy('10.0.0.1/32'));
});
