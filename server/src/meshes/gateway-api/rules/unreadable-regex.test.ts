import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { unreadableRegex } from './unreadable-regex.js';

test('reports what RE2 does not have, where it stands', () => {
  check(
    unreadableRegex,
    `
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: { name: cart, namespace: shop }
    spec:
      parentRefs: [{ group: "", kind: Service, name: cart }]
      rules:
      - matches:
        - path: { type: RegularExpression, value: "/\\\\d+(?!b)" }
    #                                                   ^^^ error gateway-api/unreadable-regex "RE2 cannot read this regular expression: it has no look-ahead."
          headers: [{ name: a, type: RegularExpression, value: (a)\\1 }, { name: b, value: "(?!" }]
    #                                                             ^^ error gateway-api/unreadable-regex "RE2 cannot read this regular expression: it has no backreferences."
          queryParams: [{ name: a, type: RegularExpression, value: 'a++' }, { name: b, type: RegularExpression, value: "{{ .Values.x }}(?!" }]
    #                                                                ^^ error gateway-api/unreadable-regex "RE2 cannot read this regular expression: it has no possessive quantifiers."
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: GRPCRoute
    metadata: { name: cart, namespace: shop }
    spec:
      parentRefs: [{ name: public }]
      rules:
      - matches: [{ method: { type: RegularExpression, service: "(?>a)", method: "A.*" } }]
    #                                                            ^^^ warning gateway-api/unreadable-regex
  `,
  );
});

test('leaves routes alone whose Gateway reads another dialect', () => {
  check(
    unreadableRegex,
    `
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: { name: cart, namespace: shop }
    spec:
      parentRefs: [{ name: public }]
      rules: [{ matches: [{ path: { type: RegularExpression, value: "/(?!b)" } }] }]
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec: { gatewayClassName: nginx, listeners: [{ name: http, port: 80, protocol: HTTP }] }
  `,
  );
});
