import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { invalidTelemetry } from './invalid-telemetry.js';

test('reports filters and tags, and warns of what is told twice', () => {
  check(
    invalidTelemetry,
    `
    kind: Telemetry
    metadata: { name: default, namespace: shop }
    spec:
      accessLogging:
      - filter: { expression: "response.code >=" }
    #                         ^^^^^^^^^^^^^^^^^^ error istio/invalid-telemetry
      - filter: { expression: response.code >= 400 }
      - filter: { expression: "{{ .Values.filter }}" }
      tracing:
      - customTags: { "": { literal: { value: a } } }
    #                 ^^ error istio/invalid-telemetry "This tag has no name."
        providers: [{ name: a }, { name: b }]
    #                            ^^^^^^^^^^^ warning istio/invalid-telemetry
      metrics:
      - overrides: [{ tagOverrides: { "": { operation: REMOVE }, a: { operation: REMOVE } } }]
    #                                 ^^ warning istio/invalid-telemetry
    ---
    kind: Telemetry
    metadata: { name: twice, namespace: shop }
    spec: { tracing: [{ randomSamplingPercentage: 10 }, { randomSamplingPercentage: 20 }] }
    #                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning istio/invalid-telemetry
  `,
  );
});
