import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { podLabelNamespaceUnlabeled } from './pod-label-namespace-unlabeled.js';

test('the webhook is called for namespaces with the label only', () => {
  check(
    podLabelNamespaceUnlabeled,
    `
    kind: Namespace
    metadata: { name: shop }
    ---
    kind: Namespace
    metadata: { name: bank, labels: { kuma.io/sidecar-injection: disabled } }
    ---
    kind: Pod
    metadata: { name: cart, namespace: shop, labels: { kuma.io/sidecar-injection: enabled } }
    #                                                                             ^^^^^^^ warning kuma/pod-label-namespace-unlabeled
    ---
    kind: Pod
    metadata: { name: vault, namespace: bank, labels: { kuma.io/sidecar-injection: enabled } }
    ---
    kind: Pod
    metadata: { name: other, namespace: elsewhere, labels: { kuma.io/sidecar-injection: enabled } }
  `,
  );
});
