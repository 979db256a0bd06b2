import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { cidrInternal } from './cidr-internal.js';

const POLICY = `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress: [{ fromCIDR: [10.42.1.0/24, 192.0.2.0/24, 10.0.0.0/8] }]
`;

test('reports ranges of pods where a setting tells them', () => {
  check(cidrInternal, `${POLICY}    #                        ^^^^^^^^^^^^ warning cilium/cidr-internal`, {
    settings: { cilium: { podCIDRs: ['10.42.0.0/16'] } },
  });
  check(cidrInternal, POLICY);
});

test('an address alone is a range, too', () => {
  check(
    cidrInternal,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      egress: [{ toCIDR: [10.42.1.7, 10.43.1.7] }]
    #                     ^^^^^^^^^ warning cilium/cidr-internal
  `,
    { settings: { cilium: { podCIDRs: ['10.42.0.0/16'] } } },
  );
});
