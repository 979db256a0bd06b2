import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { featureTurnedOff } from './feature-turned-off.js';

const policy = (entry: string, mark = '') => `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - ${entry}
${mark}
`;
const HTTP = 'toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{}] } }]';
const NODES = 'fromNodes: [{ matchLabels: { role: edge } }]';
const AUTH = 'authentication: { mode: required }';

test('reports what a policy needs and the settings say is off', () => {
  check(
    featureTurnedOff,
    policy(HTTP, '    #                                                       ^^^^^ error cilium/feature-turned-off'),
    { settings: { cilium: { l7Proxy: false } } },
  );
  check(featureTurnedOff, policy(NODES, '    #   ^^^^^^^^^ error cilium/feature-turned-off'), {
    settings: { cilium: { nodeSelectorLabels: false } },
  });
  check(featureTurnedOff, policy(AUTH, '    #                           ^^^^^^^^ warning cilium/feature-turned-off'), {
    settings: { cilium: { mutualAuth: false } },
  });
  check(featureTurnedOff, policy(AUTH, '    #                           ^^^^^^^^ warning cilium/feature-turned-off'), {
    settings: { cilium: { clusterMesh: true } },
  });
});

test('says nothing where the settings are silent', () => {
  for (const entry of [HTTP, NODES, AUTH]) check(featureTurnedOff, policy(entry));
});
