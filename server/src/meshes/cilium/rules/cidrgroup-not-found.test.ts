import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { cidrgroupNotFound } from './cidrgroup-not-found.js';

const policy = (mark = '') => `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress: [{ fromCIDRSet: [{ cidrGroupRef: partner }] }]
${mark}
`;

test('reports a group that is not there, where groups are', () => {
  check(
    cidrgroupNotFound,
    `${policy('    #                                           ^^^^^^^ warning cilium/cidrgroup-not-found 💡')}
    ---
    kind: CiliumCIDRGroup
    metadata: { name: partners }
  `,
  );
  check(cidrgroupNotFound, policy());
  check(cidrgroupNotFound, `${policy()}\n    ---\n    kind: CiliumCIDRGroup\n    metadata: { name: partner }\n`);
});
