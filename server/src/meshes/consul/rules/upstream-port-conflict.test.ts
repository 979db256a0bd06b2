import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { upstreamPortConflict } from './upstream-port-conflict.js';

test('ports of upstreams, containers and the proxy', () => {
  check(
    upstreamPortConflict,
    `
    kind: Deployment
    metadata: { name: web, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/connect-service-upstreams: 'a:5432,b:5432,c:5432:local_bind_address=127.0.0.2,d:6379'
    #< warning consul/upstream-port-conflict "Port 5432 of upstream "b" belongs to upstream "a"."
        spec: { containers: [{ name: web, image: web, ports: [{ containerPort: 8080 }] }] }
    ---
    kind: Deployment
    metadata: { name: api, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/connect-service-upstreams: 'a:8080'
    #< warning consul/upstream-port-conflict
        spec: { containers: [{ name: api, image: api, ports: [{ containerPort: 8080 }] }] }
    ---
    kind: Pod
    metadata:
      name: cart
      namespace: shop
      annotations:
        consul.hashicorp.com/connect-service-upstreams: 'a:20000'
    #< warning consul/upstream-port-conflict
    spec: { containers: [{ name: cart, image: cart }] }
  `,
  );
});
