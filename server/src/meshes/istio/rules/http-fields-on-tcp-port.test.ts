import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { httpFieldsOnTcpPort } from './http-fields-on-tcp-port.js';

test('reports http routes for a Service whose ports are all TCP', () => {
  check(
    httpFieldsOnTcpPort,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      hosts: [cart]
      http:
      - route:
        - destination:
            host: cart
    #             ^^^^ warning istio/http-fields-on-tcp-port "No port of "cart.shop" is declared as HTTP: 80 (tcp-web), 3306 (db)."
      - route:
        - destination:
            host: cart
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ name: tcp-web, port: 80 }, { name: db, port: 3306 }] }
  `,
    { world: 'open' },
  );
});

test('one port that is HTTP, or may be, is enough; routes of gateways and tcp routes are fine', () => {
  check(
    httpFieldsOnTcpPort,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { hosts: [cart], http: [{ route: [{ destination: { host: cart } }] }] }
    ---
    kind: VirtualService
    metadata: { name: public, namespace: shop }
    spec: { hosts: [db], gateways: [public], http: [{ route: [{ destination: { host: db } }] }] }
    ---
    kind: VirtualService
    metadata: { name: db, namespace: shop }
    spec: { hosts: [db], tcp: [{ route: [{ destination: { host: db } }] }] }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ name: tcp-web, port: 80 }, { name: web, port: 8080 }] }
    ---
    kind: Service
    metadata: { name: db, namespace: shop }
    spec: { ports: [{ name: tcp-db, port: 5432 }] }
  `,
  );
});
