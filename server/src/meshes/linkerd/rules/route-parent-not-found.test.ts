import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routeParentNotFound } from './route-parent-not-found.js';

test('looks for Servers, Services and EgressNetworks', () => {
  check(
    routeParentNotFound,
    `
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec:
      parentRefs:
      - { group: policy.linkerd.io, kind: Server, name: crat }
    #                                                   ^^^^ warning linkerd/route-parent-not-found 💡 "No Server "shop/crat" exists ("cart" exists). The route takes nothing."
      - { group: policy.linkerd.io, kind: Server, name: cart }
      - { group: policy.linkerd.io, kind: EgressNetwork, name: internet, port: 80 }
    #                                                          ^^^^^^^^ warning linkerd/route-parent-not-found "No EgressNetwork "shop/internet" exists in this workspace. The route takes nothing."
      - { group: core, kind: Service, name: ledger, namespace: payments }
    #                                       ^^^^^^ warning linkerd/route-parent-not-found "No Service "payments/ledger" exists in this workspace. The route takes nothing."
      - { group: core, kind: Service, name: cart }
      - { kind: Gateway, name: public }
    ---
    kind: Server
    metadata: { name: cart, namespace: shop }
    spec: { podSelector: {}, port: 80 }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ port: 80 }] }

  `,
  );
});

test('in the open world, needs Services of the namespace, or others of the kind', () => {
  check(
    routeParentNotFound,
    `
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec:
      parentRefs:
      - { group: policy.linkerd.io, kind: Server, name: ledger }
      - { group: core, kind: Service, name: ledger }
    #                                       ^^^^^^ warning linkerd/route-parent-not-found 💡 "No Service "shop/ledger" exists in this workspace. The route takes nothing."
      - { group: core, kind: Service, name: ledger, namespace: payments }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ port: 80 }] }

  `,
    { world: 'open' },
  );
});
