import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { namespaceImplied } from './namespace-implied.js';

const policy = (selector: string, mark = '') => `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - fromEndpoints:
        - matchLabels: ${selector}
${mark}
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart } } } }
    ---
    kind: Deployment
    metadata: { name: front, namespace: edge }
    spec: { template: { metadata: { labels: { app: front } } } }
`;

test('tells of a peer that is in another namespace', () => {
  check(
    namespaceImplied,
    policy(
      '{ app: front }',
      '    #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^ info cilium/namespace-implied 💡 "No pod of "shop" has app=front; pods of "edge" do."',
    ),
  );
  check(namespaceImplied, policy('{ app: cart }'));
  check(namespaceImplied, policy('{ app: nobody }'));
  check(namespaceImplied, policy('{ app: front, "k8s:io.kubernetes.pod.namespace": edge }'));
  check(namespaceImplied, policy('{ app: front, io.cilium.k8s.namespace.labels.team: edge }'));
});

test('offers the namespace', () => {
  checkFix(
    namespaceImplied,
    policy('{ app: front }'),
    'Mean the pods of "edge"',
    policy('{ app: front, k8s:io.kubernetes.pod.namespace: edge }'),
  );
});
