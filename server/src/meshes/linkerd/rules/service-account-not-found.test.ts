import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serviceAccountNotFound } from './service-account-not-found.js';

test('takes accounts that workloads run as, and the default one', () => {
  check(
    serviceAccountNotFound,
    `
    kind: MeshTLSAuthentication
    metadata: { name: callers, namespace: shop }
    spec:
      identityRefs:
      - { kind: ServiceAccount, name: chekout }
    #                                 ^^^^^^^ info linkerd/service-account-not-found 💡 "No ServiceAccount "shop/chekout" exists ("checkout" exists). No client has this identity."
      - { kind: ServiceAccount, name: checkout }
      - { kind: ServiceAccount, name: default }
      - { kind: ServiceAccount, name: batch }
    ---
    kind: ServerAuthorization
    metadata: { name: cart, namespace: payments }
    spec: { server: { selector: {} }, client: { meshTLS: { serviceAccounts: [{ name: web }, { name: checkout, namespace: shop }] } } }
    #                                                                                ^^^ info linkerd/service-account-not-found "No ServiceAccount "payments/web" exists in this workspace. No client has this identity."
    ---
    kind: HTTPLocalRateLimitPolicy
    metadata: { name: cart, namespace: shop }
    spec: { targetRef: { group: policy.linkerd.io, kind: Server, name: cart }, overrides: [{ requestsPerSecond: 1, clientRefs: [{ kind: ServiceAccount, name: gone }] }] }
    #                                                                                                                                                         ^^^^ info linkerd/service-account-not-found 💡 "No ServiceAccount "shop/gone" exists in this workspace. No client has this identity."
    ---
    kind: ServiceAccount
    metadata: { name: checkout, namespace: shop }
    ---
    kind: Pod
    metadata: { name: batch, namespace: shop }
    spec: { serviceAccountName: batch, containers: [{ name: batch }] }

  `,
  );
});

test('in the open world, needs accounts of the namespace', () => {
  check(
    serviceAccountNotFound,
    `
    kind: MeshTLSAuthentication
    metadata: { name: callers, namespace: shop }
    spec: { identityRefs: [{ kind: ServiceAccount, name: ledger }, { kind: ServiceAccount, name: ledger, namespace: payments }] }
    #                                                    ^^^^^^ info linkerd/service-account-not-found 💡 "No ServiceAccount "shop/ledger" exists in this workspace. No client has this identity."
    ---
    kind: ServiceAccount
    metadata: { name: checkout, namespace: shop }

  `,
    { world: 'open' },
  );
});
