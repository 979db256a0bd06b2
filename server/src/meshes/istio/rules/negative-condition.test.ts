import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { negativeCondition } from './negative-condition.js';

test('reports what Istio says it could not use', () => {
  check(
    negativeCondition,
    `
    kind: AuthorizationPolicy
    metadata: { name: a, namespace: shop }
    status:
      conditions:
      - { type: ZtunnelAccepted, status: "False", reason: UnsupportedValue }
    #                                    ^^^^^^^ warning istio/negative-condition "Condition "ZtunnelAccepted" is False: UnsupportedValue."
      - { type: WaypointAccepted, status: "True", reason: PartiallyInvalid }
    #                                                     ^^^^^^^^^^^^^^^^ warning istio/negative-condition
      - { type: other.example.com/Synced, status: "False" }
    ---
    kind: Service
    metadata: { name: a, namespace: shop }
    status: { conditions: [{ type: istio.io/WaypointBound, status: "True" }] }
    `,
  );
});
