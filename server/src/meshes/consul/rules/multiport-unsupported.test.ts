import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { multiportUnsupported } from './multiport-unsupported.js';

test('several services with a transparent proxy or metrics', () => {
  check(
    multiportUnsupported,
    `
    kind: Deployment
    metadata: { name: a, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/connect-service: a,a-admin
    #< error consul/multiport-unsupported 💡
    ---
    kind: Deployment
    metadata: { name: b, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/connect-service: b,b-admin
    #< error consul/multiport-unsupported
            consul.hashicorp.com/transparent-proxy: 'false'
            consul.hashicorp.com/enable-metrics: 'true'
    ---
    kind: Deployment
    metadata: { name: c, namespace: plain }
    spec: { template: { metadata: { annotations: { consul.hashicorp.com/connect-service: 'c,c-admin' } } } }
    ---
    kind: Namespace
    metadata: { name: plain, labels: { consul.hashicorp.com/transparent-proxy: 'false' } }
    ---
    kind: Deployment
    metadata: { name: d, namespace: shop }
    spec: { template: { metadata: { annotations: { consul.hashicorp.com/connect-service: 'd,' } } } }
  `,
  );
});
