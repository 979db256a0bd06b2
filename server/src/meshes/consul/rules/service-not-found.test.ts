import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serviceNotFound } from './service-not-found.js';

test('names beside Services of Kubernetes', () => {
  check(
    serviceNotFound,
    `
    kind: Service
    metadata: { name: checkout, namespace: shop }
    spec: { selector: { app: checkout }, ports: [{ port: 80 }] }
    ---
    kind: ServiceIntentions
    metadata: { name: a, namespace: shop }
    spec:
      destination:
        name: chekout
    #< info consul/service-not-found 💡 "No service "chekout" is in this workspace ("checkout" is)."
      sources:
      - name: '*'
        action: deny
      - name: far
        peer: east
        action: allow
      - name: stranger
    #< info consul/service-not-found
        action: allow
      - name: checkout
        action: deny
      - name: mesh-gateway
        action: deny
  `,
  );
});

test('names of annotations, gateways and registrations are known', () => {
  check(
    serviceNotFound,
    `
    kind: Deployment
    metadata: { name: api, namespace: shop }
    spec:
      template:
        metadata:
          labels: { app: api }
          annotations: { consul.hashicorp.com/connect-inject: "true", consul.hashicorp.com/connect-service: "api,api-admin" }
        spec: { containers: [{ name: api, image: api }] }
    ---
    kind: TerminatingGateway
    metadata: { name: out, namespace: shop }
    spec: { services: [{ name: db }] }
    ---
    kind: Registration
    metadata: { name: db }
    spec: { node: n, address: 192.0.2.1, service: { name: db, port: 1 } }
    ---
    kind: ServiceIntentions
    metadata: { name: a, namespace: shop }
    spec:
      destination: { name: api-admin }
      sources: [{ name: out, action: allow }, { name: db, action: deny }]
  `,
  );
});

test('without any service at hand nothing is said', () => {
  check(
    serviceNotFound,
    `
    kind: ServiceIntentions
    metadata: { name: a, namespace: shop }
    spec:
      destination: { name: api-admin }
      sources: [{ name: out, action: allow }]
  `,
  );
});
