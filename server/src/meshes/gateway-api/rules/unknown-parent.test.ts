import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { unknownParent } from './unknown-parent.js';

const gateway = `
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: public, namespace: ingress }
`;

test('reports Gateways and Services that do not exist', () => {
  check(
    unknownParent,
    `
    kind: HTTPRoute
    metadata: { name: storefront, namespace: shop }
    spec:
      parentRefs:
      - name: publik
    #         ^^^^^^ error gateway-api/unknown-parent 💡 "No Gateway "ingress/publik" exists ("ingress/public" exists). This route takes no traffic through it."
        namespace: ingress
      - name: public
    #         ^^^^^^ error gateway-api/unknown-parent 💡 "No Gateway "shop/public" exists ("ingress/public" exists)."
      - name: storefront
    #         ^^^^^^^^^^ error gateway-api/unknown-parent "No Service "shop/storefront" exists in this workspace."
        kind: Service
        group: ""
      - name: internal
        kind: Mesh
        group: example.org
${gateway}
  `,
  );
});

test('does not offer a parent that the route has already', () => {
  check(
    unknownParent,
    `
    kind: HTTPRoute
    metadata: { name: storefront, namespace: ingress }
    spec:
      parentRefs:
      - name: public
      - name: publik
    #         ^^^^^^ error gateway-api/unknown-parent
${gateway}
  `,
  );
});

test('a Gateway whose manifest leaves the namespace out may be the one', () => {
  check(
    unknownParent,
    `
    kind: TCPRoute
    metadata: { name: ledger, namespace: shop }
    spec: { parentRefs: [{ name: public }] }
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: public }
  `,
  );
});

test('in the open world, hints at what may be elsewhere', () => {
  check(
    unknownParent,
    `
    kind: GRPCRoute
    metadata: { name: storefront, namespace: shop }
    spec:
      parentRefs:
      - name: internal
    #         ^^^^^^^^ hint gateway-api/unknown-parent "Gateway "shop/internal" is not in this workspace; it may exist elsewhere."
      - name: "{{ .Values.gateway }}"
    ---
    kind: ListenerSet
    metadata: { name: shop, namespace: ingress }
    spec:
      parentRef: { name: other }
    #                    ^^^^^ warning gateway-api/unknown-parent "No Gateway "ingress/other" exists in this workspace. Its listeners never open."
${gateway}
  `,
    { world: 'open' },
  );
});

test('changes to the Gateway that exists', () => {
  const yaml = (parent: string) => `
    kind: HTTPRoute
    metadata: { name: storefront, namespace: shop }
    spec:
      parentRefs:
      - ${parent}
${gateway}`;
  checkFix(unknownParent, yaml('name: pub$0lic'), 'Change to "ingress/public"', yaml('name: public\n        namespace: ingress'));
});
