import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { networkpolicyBlocksXds } from './networkpolicy-blocks-xds.js';

test('sidecars reach the control plane', () => {
  check(
    networkpolicyBlocksXds,
    `
    kind: NetworkPolicy
    metadata: { name: np, namespace: shop }
    spec:
      podSelector: {}
      policyTypes: [Egress]
      egress: [{ ports: [{ port: 53, protocol: UDP }] }, { ports: [{ port: 8080 }] }]
    # ^^^^^^ warning kuma/networkpolicy-blocks-xds
    ---
    kind: NetworkPolicy
    metadata: { name: np, namespace: other }
    spec:
      podSelector: {}
      policyTypes: [Egress]
      egress: []
    ---
    kind: Namespace
    metadata: { name: shop, labels: { kuma.io/sidecar-injection: enabled } }
    ---
    kind: Pod
    metadata: { name: a, namespace: shop }
    spec: { containers: [{ name: a }] }
    ---
    kind: Pod
    metadata: { name: a, namespace: other }
    spec: { containers: [{ name: a }] }
  `,
  );
});

test('a range, a rule without ports, and a policy for what comes in leave it open', () => {
  check(
    networkpolicyBlocksXds,
    `
    kind: NetworkPolicy
    metadata: { name: np, namespace: shop }
    spec:
      podSelector: {}
      policyTypes: [Egress]
      egress: [{ ports: [{ port: 5000, endPort: 6000 }] }]
    ---
    kind: NetworkPolicy
    metadata: { name: b, namespace: shop }
    spec:
      podSelector: {}
      policyTypes: [Egress]
      egress: [{ to: [{ namespaceSelector: {} }] }]
    ---
    kind: NetworkPolicy
    metadata: { name: c, namespace: shop }
    spec:
      podSelector: {}
      policyTypes: [Ingress]
      ingress: []
    ---
    kind: Namespace
    metadata: { name: shop, labels: { kuma.io/sidecar-injection: enabled } }
    ---
    kind: Pod
    metadata: { name: a, namespace: shop }
    spec: { containers: [{ name: a }] }
    ---
    kind: Pod
    metadata: { name: a, namespace: other }
    spec: { containers: [{ name: a }] }
  `,
  );
});

test('allows the port', () => {
  checkFix(
    networkpolicyBlocksXds,
    `
    kind: NetworkPolicy
    metadata: { name: np, namespace: shop }
    spec:
      podSelector: {}
      policyTypes: [Egress]
      egr$0ess:
      - ports:
        - port: 8080
    ---
    kind: Namespace
    metadata: { name: shop, labels: { kuma.io/sidecar-injection: enabled } }
    ---
    kind: Pod
    metadata: { name: a, namespace: shop }
    spec: { containers: [{ name: a }] }
    ---
    kind: Pod
    metadata: { name: a, namespace: other }
    spec: { containers: [{ name: a }] }
  `,
    'Allow port 5678 of "kuma-system"',
    `
    kind: NetworkPolicy
    metadata: { name: np, namespace: shop }
    spec:
      podSelector: {}
      policyTypes: [Egress]
      egress:
      - ports:
        - port: 8080
      - to:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: kuma-system
        ports:
        - port: 5678
          protocol: TCP
    ---
    kind: Namespace
    metadata: { name: shop, labels: { kuma.io/sidecar-injection: enabled } }
    ---
    kind: Pod
    metadata: { name: a, namespace: shop }
    spec: { containers: [{ name: a }] }
    ---
    kind: Pod
    metadata: { name: a, namespace: other }
    spec: { containers: [{ name: a }] }
  `,
  );
});
