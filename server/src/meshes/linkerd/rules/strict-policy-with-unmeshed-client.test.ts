import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { strictPolicyWithUnmeshedClient } from './strict-policy-with-unmeshed-client.js';

test('names workloads that have no proxy for sure', () => {
  check(
    strictPolicyWithUnmeshedClient,
    `
    kind: Namespace
    metadata: { name: shop, annotations: { linkerd.io/inject: enabled, config.linkerd.io/default-inbound-policy: cluster-authenticated } }
    #                                                                                                            ^^^^^^^^^^^^^^^^^^^^^ warning linkerd/strict-policy-with-unmeshed-client 💡 ""payments/ledger" has no proxy, and cluster-authenticated lets in clients with one only. Its calls are refused."
    ---
    kind: Server
    metadata: { name: cart, namespace: shop }
    spec: { podSelector: {}, port: 80, accessPolicy: all-authenticated }
    #                                                ^^^^^^^^^^^^^^^^^ warning linkerd/strict-policy-with-unmeshed-client 💡 ""payments/ledger" has no proxy, and all-authenticated lets in clients with one only. Its calls are refused."
    ---
    kind: Server
    metadata: { name: audit, namespace: shop }
    spec: { podSelector: {}, port: 80, accessPolicy: audit }
    ---
    kind: Namespace
    metadata: { name: payments }
    ---
    kind: Pod
    metadata: { name: ledger, namespace: payments }
    spec: { containers: [{ name: ledger }] }

  `,
  );
});

test('says nothing of workloads that may have one', () => {
  check(
    strictPolicyWithUnmeshedClient,
    `
    kind: Server
    metadata: { name: cart, namespace: shop }
    spec: { podSelector: {}, port: 80, accessPolicy: all-authenticated }
    ---
    kind: Pod
    metadata: { name: ledger, namespace: payments }
    spec: { containers: [{ name: ledger }] }
    ---
    kind: Namespace
    metadata: { name: kube-system }
    ---
    kind: Pod
    metadata: { name: dns, namespace: kube-system }
    spec: { containers: [{ name: dns }] }

  `,
  );
});
