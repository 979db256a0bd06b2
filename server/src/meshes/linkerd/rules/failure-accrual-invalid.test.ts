import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { failureAccrualInvalid } from './failure-accrual-invalid.js';

test('reads the mode, and with one the rest', () => {
  check(
    failureAccrualInvalid,
    `
    kind: Service
    metadata: { name: a, namespace: shop, annotations: { balancer.linkerd.io/failure-accrual: consecutiv, balancer.linkerd.io/failure-accrual-consecutive-max-failures: many } }
    #                                                                                         ^^^^^^^^^^ warning linkerd/failure-accrual-invalid 💡 ""consecutiv" is no kind of circuit breaker; use consecutive or unified. There is no circuit breaker."
    ---
    kind: Service
    metadata:
      name: b
      namespace: shop
      annotations:
        balancer.linkerd.io/failure-accrual: consecutive
        balancer.linkerd.io/failure-accrual-consecutive-max-failures: "-1"
    #                                                                 ^^^^ warning linkerd/failure-accrual-invalid ""-1" is no value of balancer.linkerd.io/failure-accrual-consecutive-max-failures: it takes a whole number. There is no circuit breaker."
        balancer.linkerd.io/failure-accrual-consecutive-min-penalty: 2m
    #                                                                ^^ warning linkerd/failure-accrual-invalid ""2m" is no value of balancer.linkerd.io/failure-accrual-consecutive-min-penalty: it is longer than the longest penalty. There is no circuit breaker."
        balancer.linkerd.io/failure-accrual-consecutive-max-penalty: 1m
        balancer.linkerd.io/failure-accrual-consecutive-jitter-ratio: "101"
    #                                                                 ^^^^^ warning linkerd/failure-accrual-invalid ""101" is no value of balancer.linkerd.io/failure-accrual-consecutive-jitter-ratio: it takes a number from 0 to 100. There is no circuit breaker."
        balancer.alpha.linkerd.io/failure-accrual-success-rate-threshold: "2"
    ---
    kind: EgressNetwork
    metadata:
      name: c
      namespace: shop
      annotations:
        balancer.linkerd.io/failure-accrual: unified
        balancer.alpha.linkerd.io/failure-accrual-success-rate-threshold: "2"
    #                                                                     ^^^ warning linkerd/failure-accrual-invalid ""2" is no value of balancer.alpha.linkerd.io/failure-accrual-success-rate-threshold: it takes a number from 0 to 1. There is no circuit breaker."
        balancer.alpha.linkerd.io/failure-accrual-success-rate-window: 5ms
    #                                                                  ^^^ warning linkerd/failure-accrual-invalid ""5ms" is no value of balancer.alpha.linkerd.io/failure-accrual-success-rate-window: it is at least 10ms. There is no circuit breaker."
        balancer.alpha.linkerd.io/failure-accrual-success-rate-min-requests: "2000000"
    #                                                                        ^^^^^^^^^ warning linkerd/failure-accrual-invalid ""2000000" is no value of balancer.alpha.linkerd.io/failure-accrual-success-rate-min-requests: it takes a number from 0 to 1000000. There is no circuit breaker."
    ---
    kind: Service
    metadata:
      name: d
      namespace: shop
      annotations: { balancer.linkerd.io/failure-accrual: unified, balancer.linkerd.io/failure-accrual-consecutive-max-failures: "3" }

  `,
  );
});
