import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { policyOnUnmeshedWorkload } from './policy-on-unmeshed-workload.js';

test('knows what keeps the proxy away, and what leaves it open', () => {
  check(
    policyOnUnmeshedWorkload,
    `
    kind: Server
    metadata: { name: cart, namespace: shop }
    spec: { podSelector: { matchLabels: { app: cart } }, port: 80 }
    #                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning linkerd/policy-on-unmeshed-workload ""cart" runs without a proxy of Linkerd. Nobody enforces what is said of it, and its ports stay open. Annotate the Namespace or the pod template with linkerd.io/inject: enabled."
    ---
    kind: Server
    metadata: { name: host, namespace: shop }
    spec: { podSelector: { matchLabels: { app: host } }, port: 80 }
    #                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning linkerd/policy-on-unmeshed-workload ""host" runs without a proxy of Linkerd. Nobody enforces what is said of it, and its ports stay open. Annotate the Namespace or the pod template with linkerd.io/inject: enabled."
    ---
    kind: Server
    metadata: { name: own, namespace: shop }
    spec: { podSelector: { matchLabels: { app: own } }, port: 80 }
    ---
    kind: Server
    metadata: { name: unknown, namespace: payments }
    spec: { podSelector: {}, port: 80 }
    ---
    kind: Namespace
    metadata: { name: shop, annotations: { linkerd.io/inject: enabled } }
    ---
    kind: Pod
    metadata: { name: cart, namespace: shop, labels: { app: cart }, annotations: { linkerd.io/inject: disabled } }
    spec: { containers: [{ name: cart }] }
    ---
    kind: Pod
    metadata: { name: host, namespace: shop, labels: { app: host } }
    spec: { hostNetwork: true, containers: [{ name: host }] }
    ---
    kind: Pod
    metadata: { name: own, namespace: shop, labels: { app: own }, annotations: { linkerd.io/inject: disabled } }
    spec: { containers: [{ name: own }, { name: linkerd-proxy }] }
    ---
    kind: Pod
    metadata: { name: ledger, namespace: payments }
    spec: { containers: [{ name: ledger }] }

  `,
  );
});

test('in the open world, is less sure where nothing is said of injection: the command line may bring it', () => {
  const shop = (inject: string) => `
    kind: Server
    metadata: { name: cart, namespace: shop }
    spec: { podSelector: { matchLabels: { app: cart } }, port: 80 }
    #                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ${inject === '' ? 'info' : 'warning'} linkerd/policy-on-unmeshed-workload
    ---
    kind: Namespace
    metadata: { name: shop }
    ---
    kind: Pod
    metadata: { name: cart, namespace: shop, labels: { app: cart }${inject} }
    spec: { containers: [{ name: cart }] }
  `;
  check(policyOnUnmeshedWorkload, shop(''), { world: 'open' });
  check(policyOnUnmeshedWorkload, shop(', annotations: { linkerd.io/inject: disabled }'), { world: 'open' });
});
