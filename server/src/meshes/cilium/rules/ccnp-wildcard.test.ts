import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { ccnpWildcard } from './ccnp-wildcard.js';

const POLICY = `
    kind: CiliumClusterwideNetworkPolicy
    metadata: { name: web }
    spec:
      endpointSelector: {}
      ingress: [{ fromEndpoints: [{}] }]
    #                             ^^ info cilium/ccnp-wildcard
      egress: [{ toEndpoints: [{ matchLabels: { app: db } }] }]
`;

test('tells what every pod is in a clusterwide policy', () => {
  check(ccnpWildcard, POLICY);
  check(ccnpWildcard, POLICY.replace('[{}] }]', '[{}] }, { fromEntities: [host] }]').replace(/ *#.*\n/, ''));
  check(ccnpWildcard, POLICY.replace('Clusterwide', '').replace(/ *#.*\n/, ''));
});
