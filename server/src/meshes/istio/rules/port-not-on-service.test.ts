import { expect, test } from 'vitest';
import { check, checkFix, fixTitles } from '../../../../../test/support/check.js';
import { portNotOnService } from './port-not-on-service.js';

test('reports ports that a Service or ServiceEntry does not have, in both worlds', () => {
  const yaml = `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - route:
        - destination:
            host: cart
            port: { number: 8080 }
    #                       ^^^^ error istio/port-not-on-service 💡 ""cart.shop" has no port 8080; it has 80 and 9090."
        - destination:
            host: cart
            port: { number: 80 }
        mirror:
          host: api.example.com
          port: { number: 80 }
    #                     ^^ error istio/port-not-on-service ""api.example.com" has no port 80; it has 443 only. Mirrored requests go nowhere."
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ port: 80, targetPort: 8080 }, { port: 9090 }] }
    ---
    kind: ServiceEntry
    metadata: { name: api, namespace: shop }
    spec: { hosts: [api.example.com], ports: [{ number: 443, name: https, protocol: HTTPS }] }
  `;
  check(portNotOnService, yaml, { world: 'open' });
  check(portNotOnService, yaml, { world: 'closed' });
});

test('hosts that are not at hand, or whose ports a template fills in, are not judged', () => {
  check(
    portNotOnService,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      tcp:
      - route:
        - destination: { host: cart, port: { number: 8080 } }
        - destination: { host: payment, port: { number: 8080 } }
        - destination: { host: www.example.com, port: { number: 8080 } }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ port: "{{ .Values.port }}" }] }
    ---
    kind: ServiceEntry
    metadata: { name: wildcard, namespace: shop }
    spec: { hosts: ["*.example.com"] }
  `,
  );
});

test('the port that leads to the number written is surely meant', () => {
  const yaml = (port: string) => `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { http: [{ route: [{ destination: { host: cart, port: { number: ${port} } } }] }] }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ name: http-admin, port: 9090 }, { name: http, port: 80, targetPort: 8080 }] }
  `;
  checkFix(portNotOnService, yaml('8080'), 'Change to 80', yaml('80'));
  expect(fixTitles(portNotOnService, yaml('8080'))).toEqual(['★ Change to 80', 'Change to 9090']);
  expect(fixTitles(portNotOnService, yaml('81'))).toEqual(['Change to 9090', 'Change to 80']);
});
