import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { httpPathGlob } from './http-path-glob.js';

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

test('reports a star behind a slash, and not one behind a dot or in a class', () => {
  check(
    httpPathGlob,
    POLICY(`            - { path: "/api/*" }
    #                 ^^^^^^^^ warning cilium/http-path-glob 💡 "Path "/api/*" is a regular expression: it matches "/api/", not "/api/x". Other paths get 403."
            - { path: "/*/users" }
    #                 ^^^^^^^^^^ warning cilium/http-path-glob 💡
            - { path: "/api/.*" }
            - { path: "/a[/*]" }
            - { path: "/health" }`),
  );
});

test('offers the expression that is meant', () => {
  checkFix(httpPathGlob, POLICY('            - { path: /api/* }'), 'Change to "/api/.*"', POLICY('            - { path: /api/.* }'));
});
