import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serverAuthzTargetNotFound } from './server-authz-target-not-found.js';

test('looks for the name, or for labels of Servers', () => {
  check(
    serverAuthzTargetNotFound,
    `
    kind: ServerAuthorization
    metadata: { name: name, namespace: shop }
    spec: { server: { name: crat }, client: { unauthenticated: true } }
    #                       ^^^^ warning linkerd/server-authz-target-not-found 💡 "No Server "shop/crat" exists ("cart" exists). It lets nobody in."
    ---
    kind: ServerAuthorization
    metadata: { name: labels, namespace: shop }
    spec: { server: { selector: { matchLabels: { tier: web } } }, client: { unauthenticated: true } }
    #                                          ^^^^^^^^^^^^^ warning linkerd/server-authz-target-not-found "No Server in this workspace has the labels that this selects. It lets nobody in."
    ---
    kind: ServerAuthorization
    metadata: { name: every, namespace: shop }
    spec: { server: { selector: {} }, client: { unauthenticated: true } }
    ---
    kind: ServerAuthorization
    metadata: { name: fits, namespace: shop }
    spec: { server: { selector: { matchExpressions: [{ key: tier, operator: In, values: [db, web] }] } }, client: { unauthenticated: true } }
    ---
    kind: Server
    metadata: { name: cart, namespace: shop, labels: { tier: db } }
    spec: { podSelector: {}, port: 80 }

  `,
  );
});
