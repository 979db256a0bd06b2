import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { multipleServices } from './multiple-services.js';

test('two Services for one pod', () => {
  check(
    multipleServices,
    `
    kind: Service
    metadata: { name: web, namespace: shop }
    spec: { selector: { app: web }, ports: [{ port: 80 }] }
    ---
    kind: Service
    metadata: { name: web-admin, namespace: shop }
    spec: { selector: { app: web }, ports: [{ port: 81 }] }
    ---
    kind: Service
    metadata: { name: api-admin, namespace: shop, labels: { consul.hashicorp.com/service-ignore: 'true' } }
    spec: { selector: { app: api }, ports: [{ port: 81 }] }
    ---
    kind: Service
    metadata: { name: api, namespace: shop }
    spec: { selector: { app: api }, ports: [{ port: 80 }] }
    ---
    kind: Deployment
    metadata: { name: web, namespace: shop }
    spec:
      template:
        metadata:
          labels: { app: web }
          annotations:
            consul.hashicorp.com/connect-inject: 'true'
    #< warning consul/multiple-services 💡
        spec: { containers: [{ name: web, image: web }] }
    ---
    kind: Deployment
    metadata: { name: api, namespace: shop }
    spec: { template: { metadata: { labels: { app: api }, annotations: { consul.hashicorp.com/connect-inject: 'true' } } } }
  `,
  );
});
