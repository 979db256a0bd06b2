import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { upstreamAnnotationMalformed } from './upstream-annotation-malformed.js';

test('forms of upstreams', () => {
  check(
    upstreamAnnotationMalformed,
    `
    kind: Deployment
    metadata: { name: web, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/connect-service-upstreams: 'api:9090, cache:6379:dc2, far.svc.east.peer:1, prepared_query:near:2, db:0x10?'
    #< error consul/upstream-annotation-malformed "Upstream "db:0x10?" cannot be read: "0x10?" is neither a number nor the name of a container port."
        spec: { containers: [{ name: web, image: web, ports: [{ name: http, containerPort: 8080 }] }] }
    ---
    kind: Deployment
    metadata: { name: a, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/connect-service-upstreams: 'db'
    #< error consul/upstream-annotation-malformed "Upstream "db" cannot be read: it has no local port."
        spec: { containers: [{ name: a, image: a }] }
    ---
    kind: Deployment
    metadata: { name: b, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/connect-service-upstreams: 'db.svc.ns1.ns.east.peer:1'
    #< error consul/upstream-annotation-malformed
        spec: { containers: [{ name: b, image: b }] }
    ---
    kind: Deployment
    metadata: { name: c, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/connect-service-upstreams: 'db:1:color=red'
    #< error consul/upstream-annotation-malformed
        spec: { containers: [{ name: c, image: c }] }
    ---
    kind: Deployment
    metadata: { name: d, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/connect-service-upstreams: 'db:http:dc2?mesh_gateway_mode=local&local_bind_address=127.0.0.2'
        spec: { containers: [{ name: d, image: d, ports: [{ name: http, containerPort: 8080 }] }] }
  `,
  );
});

test('Enterprise has other forms', () => {
  check(
    upstreamAnnotationMalformed,
    `
    kind: Deployment
    metadata: { name: b, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/connect-service-upstreams: 'db.svc.ns1.ns.east.peer:1,db.ns1.part:2'
        spec: { containers: [{ name: b, image: b }] }
  `,
    { settings: { consul: { edition: 'enterprise' } } },
  );
});
