import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { upstreamAnnotationWithTproxy } from './upstream-annotation-with-tproxy.js';

test('upstreams with and without a transparent proxy', () => {
  check(
    upstreamAnnotationWithTproxy,
    `
    kind: Pod
    metadata:
      name: a
      namespace: shop
      annotations:
        consul.hashicorp.com/transparent-proxy: 'true'
        consul.hashicorp.com/connect-service-upstreams: 'db:1'
    #< info consul/upstream-annotation-with-tproxy
    spec: { containers: [{ name: a, image: a }] }
    ---
    kind: Pod
    metadata:
      name: b
      namespace: shop
      annotations: { consul.hashicorp.com/connect-service-upstreams: 'db:1' }
    spec: { containers: [{ name: b, image: b }] }
  `,
  );
});
