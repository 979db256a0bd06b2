import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { invalidLoadBalancer } from './invalid-load-balancer.js';

const rule = (policy: string) => `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      trafficPolicy:
        ${policy}`;

test('reports hashes that Envoy cannot set up', () => {
  check(
    invalidLoadBalancer,
    `${rule('loadBalancer: { consistentHash: { httpCookie: { name: "", attributes: [{ name: a }, { name: a }] } } }')}
    #                                                         ^^ error istio/invalid-load-balancer "A cookie needs a name."
    #                                                                                               ^ error istio/invalid-load-balancer
  `,
  );
  check(
    invalidLoadBalancer,
    `${rule('loadBalancer: { consistentHash: { minimumRingSize: 10, maglev: { tableSize: 1000 } } }')}
    #                                     ^^^^^^^^^^^^^^^ error istio/invalid-load-balancer
    #                                                                               ^^^^ error istio/invalid-load-balancer "The size of a table is a prime, and 1000 is none."
  `,
  );
  check(
    invalidLoadBalancer,
    `${rule('loadBalancer: { consistentHash: { maglev: {} } }')}
    #                                     ^^^^^^ error istio/invalid-load-balancer ""maglev" needs a "tableSize"."
  `,
  );
  check(invalidLoadBalancer, rule('loadBalancer: { consistentHash: { maglev: { tableSize: 65537 } } }'));
});

test('reports failures that are counted with others', () => {
  check(
    invalidLoadBalancer,
    `${rule('outlierDetection: { consecutiveLocalOriginFailures: 5 }')}
    #                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error istio/invalid-load-balancer
  `,
  );
  check(invalidLoadBalancer, rule('outlierDetection: { consecutiveLocalOriginFailures: 5, splitExternalLocalOriginErrors: true }'));
});

test('sets what a count needs, and takes the next prime', () => {
  const yaml = (policy: string) => `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { host: cart, trafficPolicy: { ${policy} } }
  `;
  checkFix(
    invalidLoadBalancer,
    yaml('outlierDetection: { consecutiveLocal$0OriginFailures: 3 }'),
    'Set splitExternalLocalOriginErrors: true',
    yaml('outlierDetection: { consecutiveLocalOriginFailures: 3, splitExternalLocalOriginErrors: true }'),
  );
  checkFix(
    invalidLoadBalancer,
    yaml('loadBalancer: { consistentHash: { httpHeaderName: a, maglev: { tableSize: 100$0 } } }'),
    'Change to 101',
    yaml('loadBalancer: { consistentHash: { httpHeaderName: a, maglev: { tableSize: 101 } } }'),
  );
});
