import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { namespaceMismatch } from './namespace-mismatch.js';

test('reports another namespace in the selector of a policy', () => {
  check(
    namespaceMismatch,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    specs:
    - endpointSelector: { matchLabels: { "k8s:io.kubernetes.pod.namespace": payments } }
    #                                                                       ^^^^^^^^ warning cilium/namespace-mismatch 💡
    - endpointSelector: { matchLabels: { io.kubernetes.pod.namespace: shop } }
    ---
    kind: CiliumClusterwideNetworkPolicy
    metadata: { name: web }
    spec: { endpointSelector: { matchLabels: { "k8s:io.kubernetes.pod.namespace": payments } } }
    ---
    kind: CiliumNetworkPolicy
    metadata: { name: web }
    spec: { endpointSelector: { matchLabels: { "k8s:io.kubernetes.pod.namespace": payments } } }
  `,
  );
});

test('an expression names namespaces, too', () => {
  check(
    namespaceMismatch,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    specs:
    - endpointSelector: { matchExpressions: [{ key: "k8s:io.kubernetes.pod.namespace", operator: In, values: [shop, payments] }] }
    #                                                                                                               ^^^^^^^^ warning cilium/namespace-mismatch
    - endpointSelector: { matchExpressions: [{ key: io.kubernetes.pod.namespace, operator: In, values: [shop] }] }
    - endpointSelector: { matchExpressions: [{ key: io.kubernetes.pod.namespace, operator: NotIn, values: [payments] }] }
  `,
  );
});
