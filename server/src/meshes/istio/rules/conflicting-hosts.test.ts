import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { conflictingHosts } from './conflicting-hosts.js';

test('reports VirtualServices that route one host in the mesh', () => {
  check(
    conflictingHosts,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      hosts:
      - cart
    #   ^^^^ error istio/conflicting-hosts "VirtualService "test/cart" routes "cart.shop" in the mesh, too."
    ---
    kind: VirtualService
    metadata: { name: cart, namespace: test }
    spec:
      hosts:
      - other
      - cart.shop.svc.cluster.local
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error istio/conflicting-hosts
      gateways: [public, mesh]
    ---
    kind: VirtualService
    metadata: { name: cart-public, namespace: shop }
    spec: { hosts: [cart], gateways: [public] }
  `,
  );
});

test('exports that do not meet, and the same resource in another file, are no conflict', () => {
  check(
    conflictingHosts,
    `
    # file: a.yaml
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { hosts: [cart], exportTo: ["."] }
    # file: b.yaml
    kind: VirtualService
    metadata: { name: cart, namespace: test }
    spec: { hosts: [cart.shop.svc.cluster.local], exportTo: ["."] }
    # file: c.yaml
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { hosts: [cart], exportTo: ["."] }
  `,
  );
});

test('one VirtualService may name a host twice; on a gateway it is a hint', () => {
  check(
    conflictingHosts,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      hosts:
      - cart
      - cart.shop.svc.cluster.local
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error istio/conflicting-hosts
    ---
    kind: VirtualService
    metadata: { name: a, namespace: shop }
    spec:
      hosts: [www.example.com]
    #         ^^^^^^^^^^^^^^^ hint istio/conflicting-hosts "VirtualService "shop/b" routes "www.example.com" on Gateway "shop/public", too."
      gateways: [public]
    ---
    kind: VirtualService
    metadata: { name: b, namespace: shop }
    spec:
      hosts: [www.example.com]
    #         ^^^^^^^^^^^^^^^ hint istio/conflicting-hosts
      gateways: [shop/public]
  `,
  );
});

test('a wider host is a hint where one of the two is exported to some namespaces only', () => {
  const two = (exportTo: string, marks: readonly [string, string] = ['', '']) => `
    kind: VirtualService
    metadata: { name: all, namespace: shop }
    spec: { hosts: ["*.example.com"]${exportTo} }
${marks[0]}
    ---
    kind: VirtualService
    metadata: { name: www, namespace: shop }
    spec: { hosts: [www.example.com] }
${marks[1]}
  `;
  check(conflictingHosts, two(''));
  check(conflictingHosts, two(', exportTo: [other]').replace('[www.example.com]', '[www.example.com], exportTo: [third]'));
  check(
    conflictingHosts,
    two(', exportTo: [other]', [
      '    #               ^^^^^^^^^^^^^^^ hint istio/conflicting-hosts "VirtualService "shop/www" routes hosts that overlap "*.example.com" in the mesh. The narrower host wins."',
      '    #               ^^^^^^^^^^^^^^^ hint istio/conflicting-hosts',
    ]),
  );
});

test('another way to write a Service is a hint on a gateway, whichever of the two writes it', () => {
  check(
    conflictingHosts,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      gateways: [public]
      hosts:
      - cart
    #   ^^^^ hint istio/conflicting-hosts "VirtualService "shop/cart-short" may mean the host "cart" as well."
    ---
    kind: VirtualService
    metadata: { name: cart-short, namespace: shop }
    spec:
      gateways: [public]
      hosts:
      - cart.shop
    #   ^^^^^^^^^ hint istio/conflicting-hosts "VirtualService "shop/cart" may mean the host "cart.shop" as well."
    ---
    kind: VirtualService
    metadata: { name: other, namespace: shop }
    spec: { gateways: [public], hosts: [other] }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    ---
    kind: Service
    metadata: { name: other, namespace: shop }
  `,
  );
});
