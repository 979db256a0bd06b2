import { expect, test } from 'vitest';
import { check, checkFix, fixTitles } from '../../../../../test/support/check.js';
import { shadowedRoute } from './shadowed-route.js';

test('reports what stands below a route without match', () => {
  check(
    shadowedRoute,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - match:
        - uri: { prefix: /login }
      - name: default
        route: [{ destination: { host: cart } }]
      - match:
        - uri: { prefix: /api }
    #     ^^^^^^^^^^^^^^^^^^^^^ warning istio/shadowed-route 💡 "Route "default" above takes every request. This match is never reached."
        - headers: { x-user: { exact: test } }
    #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning istio/shadowed-route
      - route: [{ destination: { host: cart } }]
    #   ^^^^^ warning istio/shadowed-route 💡 "Route "default" above takes every request. This route is never reached."
      tcp:
      - route: [{ destination: { host: cart } }]
  `,
  );
});

test('a prefix "/" takes everything as well; so does an equal match', () => {
  check(
    shadowedRoute,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - match:
        - uri: { prefix: / }
          method: { exact: GET }
      - match:
        - uri: { prefix: / }
      - match:
        - uri: { exact: /api }
    #     ^^^^^^^^^^^^^^^^^^^^ warning istio/shadowed-route "Route "http[1]" above takes every request."
      tls:
      - match:
        - port: 443
          sniHosts: [a.example.com, b.example.com]
      - match:
        - { sniHosts: [a.example.com], port: 443 }
    #     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning istio/shadowed-route "Route "tls[0]" above already takes all that this matches."
      - match:
        - sniHosts: [a.example.com]
  `,
  );
});

test('narrower routes first, and what a template fills in, are fine', () => {
  check(
    shadowedRoute,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - match:
        - uri: { prefix: /api/v2 }
      - match:
        - uri: { prefix: /api }
      - match:
        - uri: { prefix: "{{ .Values.path }}" }
      - match:
        - uri: { prefix: "{{ .Values.path }}" }
      - match:
        - uri: { regex: /x }
      - match:
        - gateways: [mesh]
          uri: { prefix: / }
      - match:
        - uri: { prefix: /y }
      - route: []
  `,
  );
});

test('a delegate may leave requests to the next route', () => {
  check(
    shadowedRoute,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - delegate: { name: api }
      - match: [{ uri: { prefix: / } }]
        delegate: { name: web }
      - match: [{ uri: { prefix: /static } }]
      - route: [{ destination: { host: cart } }]
  `,
  );
});

test('moves the route up, or deletes it', () => {
  const yaml = `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - name: default
        route:
        - destination: { host: cart }
      - match:
        - u$0ri: { prefix: /api } # the API
        route:
        - destination: { host: api }
      # nothing below
  `;
  expect(fixTitles(shadowedRoute, yaml)).toEqual(['Move this route before "default"', 'Delete this route']);
  checkFix(
    shadowedRoute,
    yaml,
    'Move this route before "default"',
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - match:
        - uri: { prefix: /api } # the API
        route:
        - destination: { host: api }
      - name: default
        route:
        - destination: { host: cart }
      # nothing below
  `,
  );
});
