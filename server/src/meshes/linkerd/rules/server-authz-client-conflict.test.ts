import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serverAuthzClientConflict } from './server-authz-client-conflict.js';

test('takes one sort of clients, and warns of none', () => {
  check(
    serverAuthzClientConflict,
    `
    kind: ServerAuthorization
    metadata: { name: both, namespace: shop }
    spec: { server: { name: cart }, client: { unauthenticated: true, meshTLS: { identities: ["*"] } } }
    #                                                                ^^^^^^^ error linkerd/server-authz-client-conflict "Clients cannot be unauthenticated and have TLS of the mesh, too. The webhook rejects it. Keep one of them."
    ---
    kind: ServerAuthorization
    metadata: { name: tls, namespace: shop }
    spec: { server: { name: cart }, client: { meshTLS: { unauthenticatedTLS: true, serviceAccounts: [{ name: web }] } } }
    #                                                                              ^^^^^^^^^^^^^^^ error linkerd/server-authz-client-conflict ""unauthenticatedTLS" lets in every client that speaks TLS, so "serviceAccounts" cannot stand beside it. The webhook rejects it. Keep one of them."
    ---
    kind: ServerAuthorization
    metadata: { name: nobody, namespace: shop }
    spec: { server: { name: cart }, client: { networks: [{ cidr: 10.0.0.0/8 }] } }
    #                               ^^^^^^ warning linkerd/server-authz-client-conflict "This names no client: neither "unauthenticated: true" nor "meshTLS". It is accepted, and lets nobody in. Keep one of them."
    ---
    kind: ServerAuthorization
    metadata: { name: none, namespace: shop }
    spec: { server: { name: cart }, client: { meshTLS: { identities: [] } } }
    #                                         ^^^^^^^ warning linkerd/server-authz-client-conflict "This names no client: no identities and no service accounts. It is accepted, and lets nobody in. Keep one of them."
    ---
    kind: ServerAuthorization
    metadata: { name: fine, namespace: shop }
    spec: { server: { name: cart }, client: { unauthenticated: false, meshTLS: { unauthenticatedTLS: true } } }

  `,
  );
});
