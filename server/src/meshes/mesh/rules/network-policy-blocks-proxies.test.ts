import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { networkPolicyBlocksProxies } from './network-policy-blocks-proxies.js';

const POD = (mesh: string): string => `
    kind: Pod
    metadata: { name: cart, namespace: shop, labels: { app: cart }, annotations: { ${mesh} } }
    spec: { containers: [{ name: cart }] }
`;

test('asks for the ports of Linkerd', () => {
  check(
    networkPolicyBlocksProxies,
    `
    kind: NetworkPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      podSelector: { matchLabels: { app: cart } }
      policyTypes: [Ingress, Egress]
      ingress: [{ ports: [{ port: 80 }] }]
    # ^^^^^^^ info mesh/network-policy-blocks-proxies 💡 ""cart" is in Linkerd, and no NetworkPolicy allows its proxies on port 4143. Calls to opaque ports fail."
      egress: [{ to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: linkerd } } }], ports: [{ port: 8080 }] }]
    # ^^^^^^ warning mesh/network-policy-blocks-proxies 💡 ""cart" is in Linkerd, and no NetworkPolicy allows egress to Linkerd's destinations on port 8086, nor on 8090."
    ---
    ${POD('linkerd.io/inject: enabled').trim()}
    `,
  );
});

test('policies add up, and those for other pods or for pods without a proxy are left alone', () => {
  check(
    networkPolicyBlocksProxies,
    `
    kind: NetworkPolicy
    metadata: { name: cart, namespace: shop }
    spec: { podSelector: { matchLabels: { app: cart } }, policyTypes: [Egress], egress: [{ ports: [{ port: 53, protocol: UDP }] }] }
    ---
    kind: NetworkPolicy
    metadata: { name: consul, namespace: shop }
    spec: { podSelector: {}, policyTypes: [Egress], egress: [{ ports: [{ port: 8500, endPort: 8510 }] }] }
    ---
    kind: NetworkPolicy
    metadata: { name: other, namespace: shop }
    spec: { podSelector: { matchLabels: { app: other } }, policyTypes: [Ingress], ingress: [] }
    ---
    kind: Pod
    metadata: { name: other, namespace: shop, labels: { app: other } }
    spec: { containers: [{ name: other }] }
    ---
    ${POD("consul.hashicorp.com/connect-inject: 'true'").trim()}
    `,
  );
});

test('adds them', () => {
  checkFix(
    networkPolicyBlocksProxies,
    `
    kind: NetworkPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      podSelector: {}
      ingress:
      - ports: [{ port: 80 }]
    ---
    ${POD("consul.hashicorp.com/connect-inject: 'true'").trim()}
    `,
    'Allow port 20000',
    `
    kind: NetworkPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      podSelector: {}
      ingress:
      - ports: [{ port: 80 }]
      - ports:
        - port: 20000
          protocol: TCP
    ---
    ${POD("consul.hashicorp.com/connect-inject: 'true'").trim()}
    `,
  );
});
