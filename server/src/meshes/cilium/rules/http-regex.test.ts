import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { httpRegex } from './http-regex.js';

const POLICY = (http: string) => `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - toPorts:
        - ports: [{ port: "80", protocol: TCP }]
          rules:
            http:
${http}
`;

test('reports what is no regular expression', () => {
  check(
    httpRegex,
    POLICY(`            - { method: "*", path: "/a(" }
    #                   ^^^ error cilium/http-regex 💡 "A star alone is no regular expression for "method"."
    #                              ^^^^^ error cilium/http-regex
            - { method: GET, path: "/api/.*" }
            - { host: "*.example.org" }
    #                 ^^^^^^^^^^^^^^^ warning cilium/http-regex 💡`),
  );
});

test('offers to match anything', () => {
  checkFix(httpRegex, POLICY('            - { path: "*" }'), 'Change to ".*"', POLICY('            - { path: ".*" }'));
});
