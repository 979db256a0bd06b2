import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serviceAccountMismatch } from './service-account-mismatch.js';

test('accounts and services with ACLs', () => {
  check(
    serviceAccountMismatch,
    `
    kind: Deployment
    metadata:
      name: web
    #< warning consul/service-account-mismatch 💡
      namespace: shop
    spec:
      template:
        metadata:
          annotations: { consul.hashicorp.com/connect-inject: 'true', consul.hashicorp.com/connect-service: front }
        spec: { containers: [{ name: web, image: web }] }
    ---
    kind: Deployment
    metadata: { name: api, namespace: shop }
    spec:
      template:
        metadata:
          annotations: { consul.hashicorp.com/connect-inject: 'true', consul.hashicorp.com/connect-service: api }
        spec: { serviceAccountName: api, containers: [{ name: api, image: api }] }
  `,
    { settings: { consul: { acls: true } } },
  );
});

test('without ACLs the account does not matter', () => {
  check(
    serviceAccountMismatch,
    `
    kind: Deployment
    metadata: { name: web, namespace: shop }
    spec:
      template:
        metadata:
          annotations: { consul.hashicorp.com/connect-inject: 'true', consul.hashicorp.com/connect-service: front }
        spec: { containers: [{ name: web, image: web }] }
  `,
    {},
  );
});
