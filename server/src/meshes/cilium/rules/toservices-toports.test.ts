import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { toservicesToports } from './toservices-toports.js';

const POLICY = `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      egress:
      - toServices: [{ k8sService: { serviceName: db } }]
        toPorts: [{ ports: [{ port: "53" }] }]
`;

test('reports ports beside Services before 1.17', () => {
  check(toservicesToports, `${POLICY}    #   ^^^^^^^ error cilium/toservices-toports`, { settings: { cilium: { version: '1.16' } } });
  check(toservicesToports, POLICY, { settings: { cilium: { version: '1.17' } } });
  check(toservicesToports, POLICY);
});
