import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { unknownOperationHost } from './unknown-operation-host.js';

test('reports names of services that do not exist', () => {
  check(
    unknownOperationHost,
    `
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      rules:
      - to:
        - operation:
            hosts:
            - crat
    #         ^^^^ warning istio/unknown-operation-host 💡 "No Service, ServiceEntry or VirtualService defines "crat.shop" ("cart" exists)."
            - ghost.shop
    #         ^^^^^^^^^^ warning istio/unknown-operation-host
            - cart
            - cart.shop
            - shop.example.com
            - shop.com
            - "*.shop"
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    `,
  );
});

test('a VirtualService host will do', () => {
  check(
    unknownOperationHost,
    `
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec: { rules: [{ to: [{ operation: { hosts: [basket] } }] }] }
    ---
    kind: VirtualService
    metadata: { name: basket, namespace: shop }
    spec: { hosts: [basket] }
    `,
  );
});

test('knows services only where they are exported to', () => {
  check(
    unknownOperationHost,
    `
    kind: AuthorizationPolicy
    metadata: { name: access, namespace: shop }
    spec: { rules: [{ to: [{ operation: { hosts: [ledger.pay] } }] }] }
    #                                             ^^^^^^^^^^ warning istio/unknown-operation-host
    ---
    apiVersion: v1
    kind: Service
    metadata: { name: ledger, namespace: pay, annotations: { networking.istio.io/exportTo: "." } }
    spec: { ports: [{ name: http, port: 80 }] }
  `,
  );
});
