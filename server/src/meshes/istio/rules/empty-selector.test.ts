import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { emptySelector } from './empty-selector.js';

test('warns of selectors without labels', () => {
  check(
    emptySelector,
    `
    kind: PeerAuthentication
    metadata: { name: a, namespace: shop }
    spec: { selector: { matchLabels: {} } }
    #       ^^^^^^^^ warning istio/empty-selector "This selector has no labels. It selects every workload of the namespace."
    ---
    kind: Sidecar
    metadata: { name: b, namespace: shop }
    spec: { workloadSelector: {} }
    #       ^^^^^^^^^^^^^^^^ warning istio/empty-selector
    ---
    kind: PeerAuthentication
    metadata: { name: c, namespace: shop }
    spec: { selector: { matchLabels: { app: cart } } }
    ---
    kind: PeerAuthentication
    metadata: { name: d, namespace: shop }
    spec: { selector: { matchLabels: {{ .Values.labels }} } }
  `,
  );
});
