import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { invalidLabel } from './invalid-label.js';

test('reports keys and values that no label has', () => {
  check(
    invalidLabel,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { http: [{ match: [{ sourceLabels: { app: "a b", "x y": c, z: "{{ .Values.z }}" } }] }] }
    #                                               ^^^^^ error istio/invalid-label ""a b" is no value of a label."
    #                                                      ^^^^^ error istio/invalid-label
    ---
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { subsets: [{ name: v1, labels: { app.kubernetes.io/name: cart, "/a": b } }] }
    #                                                                     ^^^^ error istio/invalid-label
    ---
    kind: Sidecar
    metadata: { name: default, namespace: shop }
    spec: { workloadSelector: { labels: { "app*": cart } } }
    #                                     ^^^^^^ error istio/invalid-label "There are no wildcards in a selector."
  `,
  );
});
