import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { injectedWithoutService } from './injected-without-service.js';

test('pods without a Service beside Services of others', () => {
  check(
    injectedWithoutService,
    `
    kind: Service
    metadata: { name: web, namespace: shop }
    spec: { selector: { app: web }, ports: [{ port: 80 }] }
    ---
    kind: Deployment
    metadata:
      name: api
    #< warning consul/injected-without-service 💡
      namespace: shop
    spec:
      template:
        metadata:
          labels: { app: api }
          annotations: { consul.hashicorp.com/connect-inject: 'true' }
        spec: { containers: [{ name: api, image: api, ports: [{ containerPort: 8080 }] }] }
    ---
    kind: Deployment
    metadata: { name: web, namespace: shop }
    spec:
      template:
        metadata:
          labels: { app: web, version: v1 }
          annotations: { consul.hashicorp.com/connect-inject: 'true' }
        spec: { containers: [{ name: web, image: web }] }
    ---
    kind: Job
    metadata: { name: once, namespace: shop }
    spec: { template: { metadata: { annotations: { consul.hashicorp.com/connect-inject: 'true' } } } }
    ---
    kind: Deployment
    metadata: { name: api, namespace: other }
    spec: { template: { metadata: { labels: { app: api }, annotations: { consul.hashicorp.com/connect-inject: 'true' } } } }
  `,
  );
});
