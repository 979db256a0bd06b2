import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { telemetryWithoutProvider } from './telemetry-without-provider.js';

const telemetry = (mark: string) => `
    kind: Telemetry
    metadata: { name: logs, namespace: shop }
    spec:
      accessLogging:
      - match: { mode: SERVER }
    ${mark}
      - providers: [{ name: envoy }]
      - disabled: true`;

test('reports entries without provider', () => {
  check(telemetryWithoutProvider, telemetry('#   ^^^^^ warning istio/telemetry-without-provider 💡'));
});

test('a default provider is enough, and in the open world there may be one', () => {
  check(telemetryWithoutProvider, telemetry(''), {
    settings: { istio: { meshConfigText: 'defaultProviders: { accessLogging: [envoy] }' } },
  });
  check(telemetryWithoutProvider, telemetry(''), { world: 'open' });
});
