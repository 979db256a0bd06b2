import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { resolverLoadBalancerInvalid } from './resolver-load-balancer-invalid.js';

test('policies and their settings', () => {
  check(
    resolverLoadBalancerInvalid,
    `
    kind: ServiceResolver
    metadata: { name: a, namespace: shop }
    spec:
      loadBalancer:
        policy: round-robin
    #< error consul/resolver-load-balancer-invalid 💡
        ringHashConfig: { minimumRingSize: 10 }
    #< error consul/resolver-load-balancer-invalid
    ---
    kind: ServiceResolver
    metadata: { name: b, namespace: shop }
    spec:
      loadBalancer:
        policy: maglev
        hashPolicies:
        - field: path
    #< error consul/resolver-load-balancer-invalid
          fieldValue: x
        - field: cookie
          sourceIP: true
    #< error consul/resolver-load-balancer-invalid
        - fieldValue: x
    #< error consul/resolver-load-balancer-invalid
        - field: cookie
          fieldValue: session
          cookieConfig:
            session: true
            ttl: 5s
    #< error consul/resolver-load-balancer-invalid
        - field: header
          fieldValue: x
          cookieConfig: { path: / }
    #< error consul/resolver-load-balancer-invalid
        - sourceIP: true
          terminal: true
    ---
    kind: ServiceResolver
    metadata: { name: c, namespace: shop }
    spec:
      loadBalancer:
        policy: least_request
        leastRequestConfig: { choiceCount: 3 }
  `,
  );
});
