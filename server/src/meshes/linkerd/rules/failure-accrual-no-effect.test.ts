import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { failureAccrualNoEffect } from './failure-accrual-no-effect.js';

test('needs the annotation that turns it on', () => {
  check(
    failureAccrualNoEffect,
    `
    kind: Service
    metadata:
      name: a
      namespace: shop
      annotations:
        balancer.linkerd.io/failure-accrual: consecutive
        balancer.linkerd.io/failure-accrual-consecutive-max-failures: "3"
        balancer.alpha.linkerd.io/failure-accrual-success-rate-window: 5s
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info linkerd/failure-accrual-no-effect 💡 "balancer.alpha.linkerd.io/failure-accrual-success-rate-window counts only with balancer.linkerd.io/failure-accrual: unified. It has no effect."
        balancer.alpha.linkerd.io/load-biaser-penalty: 5s
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info linkerd/failure-accrual-no-effect 💡 "balancer.alpha.linkerd.io/load-biaser-penalty counts only with balancer.alpha.linkerd.io/penalize-failures: true. It has no effect."
    ---
    kind: Service
    metadata: { name: b, namespace: shop, annotations: { balancer.linkerd.io/failure-accrual-consecutive-min-penalty: 5s } }
    #                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info linkerd/failure-accrual-no-effect 💡 "balancer.linkerd.io/failure-accrual-consecutive-min-penalty counts only with balancer.linkerd.io/failure-accrual: consecutive. It has no effect."

  `,
  );
});
