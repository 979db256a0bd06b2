import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { faultsWithoutTelemetry } from './faults-without-telemetry.js';

const config = (mesh: string): string => `
    ---
    kind: ConfigMap
    metadata: { name: istio, namespace: istio-system }
    data: { mesh: '${mesh}' }`;

const route = (mark: string): string => `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - fault: { delay: { fixedDelay: 5s, percentage: { value: 10 } } }
${mark}
        route: [{ destination: { host: cart } }]`;

const MARK = `    #   ^^^^^ info istio/faults-without-telemetry "This fails requests on purpose, and neither the mesh config nor a Telemetry in this workspace turns on tracing or access logs."`;

test('reports a fault where the mesh config shows that nothing is logged', () => {
  check(faultsWithoutTelemetry, route(MARK) + config('enableAutoMtls: true'), { world: 'open' });
});

test('is silent where the mesh config is not at hand, or something is logged or traced', () => {
  check(faultsWithoutTelemetry, route(''));
  check(faultsWithoutTelemetry, route('') + config('accessLogFile: /dev/stdout'));
  check(faultsWithoutTelemetry, route('') + config('defaultConfig: { tracing: { sampling: 1 } }'));
  check(
    faultsWithoutTelemetry,
    `${route('')}${config('enableAutoMtls: true')}
    ---
    kind: Telemetry
    metadata: { name: default, namespace: istio-system }
    spec: { accessLogging: [{ providers: [{ name: envoy }] }] }
    `,
  );
});
