import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { meshPortConflict } from './mesh-port-conflict.js';

const policy = (rules: string, mark: string, labels: string, annotations = '') => `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: { matchLabels: { app: web } }
      ${rules}
${mark}
    ---
    kind: Namespace
    metadata: { name: shop, labels: { ${labels} }, annotations: { ${annotations} } }
    ---
    kind: Deployment
    metadata: { name: web, namespace: shop }
    spec: { template: { metadata: { labels: { app: web } } } }
`;
const INGRESS = 'ingress: [{ fromEndpoints: [{}], toPorts: [{ ports: [{ port: "8080", protocol: TCP }] }] }]';
const EGRESS = 'egress: [{ toEndpoints: [{ matchLabels: { app: db } }] }]';

test('reports what cuts off pods of Istio', () => {
  check(
    meshPortConflict,
    policy(
      INGRESS,
      '    # ^^^^^^^ warning cilium/mesh-port-conflict 💡 ""web" is in Istio ambient, and no policy allows the tunnels of ztunnel on port 15008."',
      'istio.io/dataplane-mode: ambient',
    ),
  );
  check(meshPortConflict, policy(INGRESS, '    # ^^^^^^^ info cilium/mesh-port-conflict 💡', 'istio-injection: enabled'));
  check(meshPortConflict, policy(EGRESS, '    # ^^^^^^ warning cilium/mesh-port-conflict 💡', 'istio-injection: enabled'));
});

test('reports what cuts off pods of Linkerd and Kuma', () => {
  check(meshPortConflict, policy(INGRESS, '    # ^^^^^^^ warning cilium/mesh-port-conflict', '', 'linkerd.io/inject: enabled'));
  check(meshPortConflict, policy(EGRESS, '    # ^^^^^^ warning cilium/mesh-port-conflict', 'kuma.io/sidecar-injection: enabled'));
});

test('tells what is missing for one mesh once', () => {
  const message = '""web" is in Linkerd, and no policy allows egress to Linkerd\'s identity on port 8080, nor on 8086 and 8090."';
  check(meshPortConflict, policy(EGRESS, `    # ^^^^^^ warning cilium/mesh-port-conflict 💡 ${message}`, '', 'linkerd.io/inject: enabled'));
});

test('says nothing of pods in no mesh, or of ports that are open', () => {
  check(meshPortConflict, policy(INGRESS, '', ''));
  check(meshPortConflict, policy(INGRESS.replace('"8080"', '"15000", endPort: 15100'), '', 'istio.io/dataplane-mode: ambient'));
  check(meshPortConflict, policy('ingress: [{ fromEndpoints: [{}] }]', '', 'istio.io/dataplane-mode: ambient'));
  check(meshPortConflict, policy('egress: [{ toEntities: [cluster] }]', '', 'istio-injection: enabled'));
  check(meshPortConflict, policy(EGRESS, '', 'istio.io/dataplane-mode: ambient'));
});

test('offers the port', () => {
  checkFix(
    meshPortConflict,
    policy(INGRESS, '', 'istio.io/dataplane-mode: ambient'),
    'Allow port 15008 to the same peers',
    policy(INGRESS.replace('TCP }', 'TCP }, { port: "15008", protocol: TCP }'), '', 'istio.io/dataplane-mode: ambient'),
  );
});
