import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { defaultDenySurprise } from './default-deny-surprise.js';

const policy = (more: string, deny = '    # ^^^^^^^^^^^ warning cilium/default-deny-surprise 💡') => `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: { matchLabels: { app: web } }
${more}      ingressDeny:
${deny}
      - fromEntities: [world]
`;
const other = (ingress: string) => `    ---
    kind: CiliumNetworkPolicy
    metadata: { name: other, namespace: shop }
    spec:
      endpointSelector: {}
      ingress: [${ingress}]
`;

test('reports denials that deny all the rest', () => {
  check(defaultDenySurprise, policy(''));
  check(defaultDenySurprise, policy('').replace('warning', 'info'), { world: 'open' });
  check(defaultDenySurprise, policy('') + other('{}'));
});

test('says nothing where something is allowed', () => {
  check(defaultDenySurprise, policy('      enableDefaultDeny: { ingress: false }\n', ''));
  check(defaultDenySurprise, policy('      ingress: [{ fromEntities: [cluster] }]\n', ''));
  check(defaultDenySurprise, policy('', '') + other('{ fromEndpoints: [{}] }'));
});

test('offers to turn the default off', () => {
  checkFix(
    defaultDenySurprise,
    policy('', ''),
    'Allow what is not denied: enableDefaultDeny.ingress: false',
    policy('      enableDefaultDeny:\n        ingress: false\n', ''),
  );
});

test('nodes are shut off in the same way', () => {
  const host = (more: string) => `
    kind: CiliumClusterwideNetworkPolicy
    metadata: { name: hosts }
    spec:
      nodeSelector: { matchLabels: { role: worker } }
      egressDeny: [{ toEntities: [world] }]
${more}`;
  check(defaultDenySurprise, host('    # ^^^^^^^^^^ warning cilium/default-deny-surprise 💡\n'));
  check(
    defaultDenySurprise,
    host(`    ---
    kind: CiliumClusterwideNetworkPolicy
    metadata: { name: all }
    spec: { nodeSelector: {}, egress: [{ toEntities: [cluster] }] }
`),
  );
});
