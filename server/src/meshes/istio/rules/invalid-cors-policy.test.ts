import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { invalidCorsPolicy } from './invalid-cors-policy.js';

test('reports origins, methods, headers and ages that cannot be met', () => {
  check(
    invalidCorsPolicy,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - corsPolicy:
          allowOrigins: [{ exact: "" }, { exact: "{{ .Values.origin }}" }, { prefix: "https://a" }]
    #                             ^^ error istio/invalid-cors-policy "This origin is empty."
          allowMethods: [GET, post, "*", FETCH]
    #                         ^^^^ error istio/invalid-cors-policy 💡 ""post" is no HTTP method that Istio knows."
    #                                    ^^^^^ error istio/invalid-cors-policy
          allowHeaders: ["x a", "*"]
    #                    ^^^^^ error istio/invalid-cors-policy ""x a" is no name that a header can have."
          maxAge: 1.5s
    #             ^^^^ error istio/invalid-cors-policy ""maxAge" counts in whole seconds."
      - corsPolicy: { maxAge: 24h }
  `,
  );
});

test('writes methods in capitals', () => {
  const yaml = (method: string) => `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { http: [{ corsPolicy: { allowMethods: [${method}] }, redirect: { uri: / } }] }
  `;
  checkFix(invalidCorsPolicy, yaml('post'), 'Change to "POST"', yaml('POST'));
});
