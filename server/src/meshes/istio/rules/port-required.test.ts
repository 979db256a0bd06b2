import { expect, test } from 'vitest';
import { check, checkFix, fixTitles } from '../../../../../test/support/check.js';
import { portRequired } from './port-required.js';

test('reports a destination without a port where the Service has several', () => {
  check(
    portRequired,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - route:
        - destination:
            host: cart
    #             ^^^^ error istio/port-required 💡 ""cart.shop" has 2 ports, and this destination names none."
        - destination:
            host: cart
            port: { number: 80 }
        - destination:
            host: storefront
        - destination:
            host: "{{ .Values.host }}"
        - destination:
            host: unknown
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ name: http, port: 80 }, { name: grpc, port: 9090 }] }
    ---
    kind: Service
    metadata: { name: storefront, namespace: shop }
    spec: { ports: [{ name: http, port: 80 }] }
  `,
    { world: 'open' },
  );
});

test('inserts a port that speaks what the route speaks', () => {
  const yaml = (port: string) => `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - route:
        - destination:
            host: cart${port}
            subset: v1
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ name: tcp-raw, port: 7000 }, { name: http, port: 80 }, { name: grpc, port: 9090 }] }
  `;
  expect(fixTitles(portRequired, yaml(''))).toEqual(['Use port 80', 'Use port 9090']);
  checkFix(portRequired, yaml(''), 'Use port 80', yaml('\n            port:\n              number: 80'));
});
