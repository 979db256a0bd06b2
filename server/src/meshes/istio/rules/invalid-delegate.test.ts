import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { invalidDelegate } from './invalid-delegate.js';

test('reports what a delegate cannot have', () => {
  check(
    invalidDelegate,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      gateways: [mesh]
    # ^^^^^^^^ error istio/invalid-delegate 💡 "A VirtualService without hosts is a delegate, which cannot have "gateways"."
      http:
      - delegate: { name: other }
    #   ^^^^^^^^ error istio/invalid-delegate
    ---
    kind: VirtualService
    metadata: { name: basket, namespace: shop }
    spec:
      hosts: [basket]
      gateways: [mesh]
      tcp: [{ route: [{ destination: { host: cart } }] }]
    ---
    kind: VirtualService
    metadata: { name: other, namespace: shop }
    spec:
      hosts: {{ .Values.hosts }}
      gateways: [mesh]
  `,
  );
});

test('takes the field away', () => {
  checkFix(
    invalidDelegate,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      gateways: [mesh]
      http: [{ redirect: { uri: / } }]
  `,
    'Remove "gateways"',
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http: [{ redirect: { uri: / } }]
  `,
  );
});
