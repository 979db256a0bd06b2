import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { unknownListener } from './unknown-listener.js';

const world = `
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: public, namespace: ingress }
    spec: { listeners: [{ name: http, port: 80, protocol: HTTP }, { name: https, port: 443, protocol: HTTPS }] }
    ---
    kind: Service
    metadata: { name: cart, namespace: ingress }
    spec: { ports: [{ port: 8080 }] }
`;

test('reports sections and ports that no listener has', () => {
  check(
    unknownListener,
    `
    kind: HTTPRoute
    metadata: { name: storefront, namespace: ingress }
    spec:
      parentRefs:
      - { name: public }
      - { name: public, sectionName: https, port: 443 }
      - { name: public, sectionName: htps }
    #                                ^^^^ error gateway-api/unknown-listener 💡 "Gateway "ingress/public" has no listener "htps" (it has "http" and "https")."
      - { name: public, port: 8443 }
    #                         ^^^^ error gateway-api/unknown-listener 💡 "Gateway "ingress/public" has no listener on port 8443."
      - { name: public, sectionName: http, port: 443 }
    #                                            ^^^ error gateway-api/unknown-listener 💡 "Listener "http" of Gateway "ingress/public" is on port 80, not 443."
      - { name: public, sectionName: "{{ .Values.listener }}" }
      - { name: other, sectionName: https }
${world}
  `,
  );
});

test('reports ports that a parent Service does not have', () => {
  check(
    unknownListener,
    `
    kind: GRPCRoute
    metadata: { name: cart, namespace: ingress }
    spec:
      parentRefs:
      - { name: cart, kind: Service, group: "", port: 8080 }
      - { name: cart, kind: Service, group: "", port: 80 }
    #                                                 ^^ error gateway-api/unknown-listener 💡 "Service "ingress/cart" has no port 80."
${world}
  `,
  );
});

test('names the nearest listener', () => {
  const yaml = (name: string) => `
    kind: HTTPRoute
    metadata: { name: storefront, namespace: ingress }
    spec: { parentRefs: [{ name: public, sectionName: ${name} }] }
${world}`;
  checkFix(unknownListener, yaml('ht$0tpss'), 'Change to "https"', yaml('https'));
});
