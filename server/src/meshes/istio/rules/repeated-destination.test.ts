import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { repeatedDestination } from './repeated-destination.js';

test('reports a destination that a route lists twice', () => {
  check(
    repeatedDestination,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - route:
        - destination:
            host: cart
            subset: v1
    #               ^^ warning istio/repeated-destination "Subset "v1" of "cart.shop" is twice a destination of this route."
        - destination:
            host: cart.shop.svc.cluster.local
            subset: v1
    #               ^^ warning istio/repeated-destination
        - destination:
            host: cart
            subset: v2
    #               ^^ hint istio/repeated-destination "Subset "v2" of "cart.shop" is a destination of this route on several ports. Requests are shared between the ports."
        - destination:
            host: cart
            subset: v2
            port: { number: 81 }
    #                       ^^ hint istio/repeated-destination
      - route:
        - destination: { host: cart, subset: v1 }
        - destination: { host: cart, subset: "{{ .Values.subset }}" }
  `,
  );
});
