import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { portNotFound } from './port-not-found.js';

test('ports by name and number', () => {
  check(
    portNotFound,
    `
    kind: Deployment
    metadata: { name: web, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/connect-service-port: htpp
    #< warning consul/port-not-found 💡
            consul.hashicorp.com/connect-service-default-port: '8080'
        spec: { containers: [{ name: web, image: web, ports: [{ name: http, containerPort: 8080 }] }] }
    ---
    kind: Deployment
    metadata: { name: api, namespace: shop }
    spec:
      template:
        metadata:
          annotations: { consul.hashicorp.com/connect-service-port: 'http, admin' }
        spec: { containers: [{ name: api, image: api, ports: [{ name: http, containerPort: 8080 }, { name: admin, containerPort: 9090 }] }] }
  `,
  );
});
