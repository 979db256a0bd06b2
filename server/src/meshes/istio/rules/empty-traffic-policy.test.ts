import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { emptyTrafficPolicy } from './empty-traffic-policy.js';

test('reports policies and pools that set nothing', () => {
  check(
    emptyTrafficPolicy,
    `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      trafficPolicy: {}
    # ^^^^^^^^^^^^^ error istio/empty-traffic-policy "This traffic policy sets nothing."
      subsets:
      - trafficPolicy:
          connectionPool: {}
    #     ^^^^^^^^^^^^^^ error istio/empty-traffic-policy "This connection pool sets nothing."
          portLevelSettings:
          - port: { number: 80 }
    #       ^^^^ error istio/empty-traffic-policy "Nothing is set for this port."
          - tls: { mode: DISABLE }
    #       ^^^ error istio/empty-traffic-policy "These settings name no port."
      - trafficPolicy: {{ .Values.policy }}
      - trafficPolicy: { retryBudget: {} }
  `,
  );
});
