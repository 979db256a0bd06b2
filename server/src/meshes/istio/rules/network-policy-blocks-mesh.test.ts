import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { networkPolicyBlocksMesh } from './network-policy-blocks-mesh.js';

const policy = (rules: string, label = 'istio-injection: enabled', more = '') => `
    kind: NetworkPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      podSelector: { matchLabels: { app: cart } }
${rules}
    ---
    kind: Namespace
    metadata: { name: shop, labels: { ${label} } }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart } } } }
${more}`;
const EGRESS = `      policyTypes: [Egress]
      egress:
      - to: [{ podSelector: { matchLabels: { app: orders } } }]`;
const ALLOWS_MESH = `
    ---
    kind: NetworkPolicy
    metadata: { name: mesh, namespace: shop }
    spec:
      podSelector: {}
      policyTypes: [Egress]
      egress:
      - to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: istio-system } } }]
      - ports: [{ port: 53, protocol: UDP }]
`;

test('reports what a sidecar cannot reach', () => {
  const marked = EGRESS.replace(
    '      egress:\n',
    '      egress:\n    # ^^^^^^ warning istio/network-policy-blocks-mesh 💡\n    # ^^^^^^ warning istio/network-policy-blocks-mesh 💡\n',
  );
  check(networkPolicyBlocksMesh, policy(marked));
  check(networkPolicyBlocksMesh, policy(marked.replaceAll('warning', 'info')), { world: 'open' });
  check(networkPolicyBlocksMesh, policy(EGRESS, 'istio-injection: enabled', ALLOWS_MESH));
});

test('reports tunnels of ambient that cannot come in', () => {
  const ingress = (port: number) => `      ingress:
    # ^^^^^^^ warning istio/network-policy-blocks-mesh 💡 ""cart" is in the mesh, and no NetworkPolicy allows the tunnels of ztunnel on port 15008. Calls from pods of the mesh fail."
      - ports: [{ port: ${port} }]`;
  check(networkPolicyBlocksMesh, policy(ingress(8080), 'istio.io/dataplane-mode: ambient'));
  check(networkPolicyBlocksMesh, policy(ingress(15008).replace(/ *# .*\n/, ''), 'istio.io/dataplane-mode: ambient'));
});

test('pods in no mesh, rules for anybody and other directions are fine', () => {
  check(networkPolicyBlocksMesh, policy(EGRESS, ''));
  check(networkPolicyBlocksMesh, policy('      policyTypes: [Egress]\n      egress: [{}]'));
  check(networkPolicyBlocksMesh, policy('      ingress: [{ from: [{ podSelector: {} }] }]'));
});

test('DNS of OpenShift, and blocks of addresses that pods may have, are fine', () => {
  const istiod = '{ ports: [{ port: 15012 }] }';
  const to = (peer: string) => policy(`      policyTypes: [Egress]\n      egress: [${istiod}, ${peer}]`);
  check(
    networkPolicyBlocksMesh,
    to(
      '{ to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: openshift-dns } } }], ports: [{ port: 5353, protocol: UDP }] }',
    ),
  );
  for (const cidr of ['0.0.0.0/0', '192.168.0.0/16', '100.64.0.0/10', 'fd00::/8'])
    check(networkPolicyBlocksMesh, policy(`      policyTypes: [Egress]\n      egress: [{ to: [{ ipBlock: { cidr: "${cidr}" } }] }]`));
  const address = (cidr: string, mark: string) =>
    policy(`      policyTypes: [Egress]\n      egress:\n${mark}      - { to: [{ ipBlock: { cidr: ${cidr} } }] }`);
  const mark = '    # ^^^^^^ warning istio/network-policy-blocks-mesh 💡\n';
  check(networkPolicyBlocksMesh, address('192.168.7.9/32', mark + mark));
  check(networkPolicyBlocksMesh, address('203.0.113.0/24', mark + mark));
});

test('offers the port', () => {
  const rules = '      policyTypes: [Egress]\n      egress: [{ ports: [{ port: 53, protocol: UDP }] }]';
  checkFix(
    networkPolicyBlocksMesh,
    policy(rules),
    'Allow port 15012',
    policy(
      rules.replace(
        'UDP }] }]',
        'UDP }] }, { to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: istio-system } } }], ports: [{ port: 15012, protocol: TCP }] }]',
      ),
    ),
  );
});
