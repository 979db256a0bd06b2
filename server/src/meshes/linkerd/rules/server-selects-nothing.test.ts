import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serverSelectsNothing } from './server-selects-nothing.js';

test('compares labels of pods, expressions too', () => {
  check(
    serverSelectsNothing,
    `
    kind: Server
    metadata: { name: typo, namespace: shop }
    spec: { podSelector: { matchLabels: { app: crat } }, port: 80 }
    #                                   ^^^^^^^^^^^^^ warning linkerd/server-selects-nothing "No pod of "shop" in this workspace has the labels that this Server selects. It and the policies about it hold for nothing. Write labels of the pod template, or put the Server in the namespace of the pods."
    ---
    kind: Server
    metadata: { name: expression, namespace: shop }
    spec: { podSelector: { matchExpressions: [{ key: app, operator: NotIn, values: [cart] }] }, port: 80 }
    #                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning linkerd/server-selects-nothing "No pod of "shop" in this workspace has the labels that this Server selects. It and the policies about it hold for nothing. Write labels of the pod template, or put the Server in the namespace of the pods."
    ---
    kind: Server
    metadata: { name: fits, namespace: shop }
    spec: { podSelector: { matchExpressions: [{ key: app, operator: Exists }] }, port: 80 }
    ---
    kind: Server
    metadata: { name: every, namespace: shop }
    spec: { podSelector: {}, port: 80 }
    ---
    kind: Server
    metadata: { name: vm, namespace: shop }
    spec: { externalWorkloadSelector: { matchLabels: { app: cart } }, port: 80 }
    #                                                ^^^^^^^^^^^^^ warning linkerd/server-selects-nothing "No ExternalWorkload of "shop" in this workspace has the labels that this Server selects. It and the policies about it hold for nothing. Write labels of the pod template, or put the Server in the namespace of the pods."
    ---
    kind: Pod
    metadata: { name: cart, namespace: shop, labels: { app: cart } }
    spec: { containers: [{ name: cart }] }

  `,
  );
});

test('in the open world, says nothing of namespaces without workloads', () => {
  check(
    serverSelectsNothing,
    `
    kind: Server
    metadata: { name: typo, namespace: shop }
    spec: { podSelector: { matchLabels: { app: crat } }, port: 80 }
    ---
    kind: Pod
    metadata: { name: cart, namespace: other, labels: { app: cart } }
    spec: { containers: [{ name: cart }] }

  `,
    { world: 'open' },
  );
});

test('in the open world, takes any workload of the namespace for a sign that others would be here', () => {
  check(
    serverSelectsNothing,
    `
    kind: Server
    metadata: { name: vm, namespace: shop }
    spec: { externalWorkloadSelector: { matchLabels: { app: cart } }, port: 80 }
    #                                                ^^^^^^^^^^^^^ warning linkerd/server-selects-nothing
    ---
    kind: Pod
    metadata: { name: cart, namespace: shop, labels: { app: cart } }
    spec: { containers: [{ name: cart }] }

  `,
    { world: 'open' },
  );
});
