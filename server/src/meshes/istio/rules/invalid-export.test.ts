import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { invalidExport } from './invalid-export.js';

test('reports lists that contradict themselves', () => {
  check(
    invalidExport,
    `
    kind: VirtualService
    metadata: { name: a, namespace: shop }
    spec: { exportTo: [".", shop] }
    #                       ^^^^ error istio/invalid-export "Of this list, "." and the own namespace are the same."
    ---
    kind: VirtualService
    metadata: { name: b, namespace: shop }
    spec: { exportTo: [".", "*"] }
    #                       ^^^ error istio/invalid-export ""*" stands for all namespaces, and so alone."
    ---
    kind: VirtualService
    metadata: { name: c, namespace: shop }
    spec: { exportTo: ["~"] }
    #                  ^^^ error istio/invalid-export "Only a ServiceEntry can be exported to nobody with "~"."
    ---
    kind: VirtualService
    metadata: { name: d, namespace: shop }
    spec: { exportTo: [a_b] }
    #                  ^^^ error istio/invalid-export
    ---
    kind: VirtualService
    metadata: { name: e, namespace: shop }
    spec: { exportTo: [".", payments, "{{ .Values.other }}"] }
    ---
    kind: ServiceEntry
    metadata: { name: api, namespace: shop }
    spec: { exportTo: ["~"] }
  `,
  );
});

test('keeps a DestinationRule for some workloads in its namespace', () => {
  check(
    invalidExport,
    `
    kind: DestinationRule
    metadata: { name: a, namespace: shop }
    spec: { workloadSelector: { matchLabels: { app: a } }, exportTo: ["*"] }
    #                                                                 ^^^ error istio/invalid-export
    ---
    kind: DestinationRule
    metadata: { name: b, namespace: shop }
    spec: { workloadSelector: { matchLabels: { app: a } }, exportTo: [".", payments] }
    #                                                                      ^^^^^^^^ error istio/invalid-export "A DestinationRule with a workloadSelector is for its own namespace only."
    ---
    kind: DestinationRule
    metadata: { name: c, namespace: shop }
    spec: { workloadSelector: { matchLabels: { app: a } }, exportTo: ["."] }
    ---
    kind: DestinationRule
    metadata: { name: d, namespace: shop }
    spec: { workloadSelector: { matchLabels: { app: a } }, exportTo: [] }
  `,
  );
});
