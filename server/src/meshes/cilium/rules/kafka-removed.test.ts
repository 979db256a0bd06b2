import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { kafkaRemoved } from './kafka-removed.js';

const POLICY = (severity: string) => `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - toPorts:
        - ports: [{ port: "9092", protocol: TCP }]
          rules: { kafka: [{ topic: orders }] }
${severity === '' ? '' : `    #              ^^^^^ ${severity} cilium/kafka-removed`}
        - ports: [{ port: "80", protocol: TCP }]
          rules: { http: [{}] }
`;

test('reports rules of Kafka from 1.18 on, as an error from 1.20 on', () => {
  check(kafkaRemoved, POLICY('warning'));
  check(kafkaRemoved, POLICY('error'), { settings: { cilium: { version: '1.20' } } });
  check(kafkaRemoved, POLICY(''), { settings: { cilium: { version: '1.17' } } });
});
