import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { invalidProbe } from './invalid-probe.js';

test('reports probes without a method that Istio knows', () => {
  check(
    invalidProbe,
    `
    kind: WorkloadGroup
    metadata: { name: a, namespace: shop }
    spec: { probe: { periodSeconds: 5 } }
    #       ^^^^^ error istio/invalid-probe "This probe has no method."
    ---
    kind: WorkloadGroup
    metadata: { name: b, namespace: shop }
    spec: { probe: { grpc: { port: 80 } } }
    #                ^^^^ error istio/invalid-probe
    ---
    kind: WorkloadGroup
    metadata: { name: c, namespace: shop }
    spec: { probe: { httpGet: { httpHeaders: [{ name: x_a }, { name: x-a }, { name: "{{ .Values.name }}" }] } } }
    #                                                 ^^^ error istio/invalid-probe
  `,
  );
});
