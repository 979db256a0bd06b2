import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { intentionPermissionInvalid } from './intention-permission-invalid.js';

test('paths, methods and headers of permissions', () => {
  check(
    intentionPermissionInvalid,
    `
    kind: ServiceIntentions
    metadata: { name: a, namespace: shop }
    spec:
      destination: { name: a }
      sources:
      - name: b
        permissions:
        - action: allow
    #< error consul/intention-permission-invalid
        - action: allow
          http:
            pathPrefix: v1
    #< error consul/intention-permission-invalid 💡
            methods: [get]
    #< error consul/intention-permission-invalid 💡
            header:
            - name: x
              exact: a
              contains: b
    #< error consul/intention-permission-invalid
            - name: y
    #< error consul/intention-permission-invalid
            - name: z
              present: true
              ignoreCase: true
    #< error consul/intention-permission-invalid
        - action: deny
          http:
            pathExact: /a
            pathPrefix: /b
    #< error consul/intention-permission-invalid
        - action: allow
          http:
            pathPrefix: /a
            methods: [GET]
            header: [{ name: x, prefix: a, ignoreCase: true }]
  `,
  );
});

test('providers of tokens have names', () => {
  check(
    intentionPermissionInvalid,
    `
    kind: ServiceIntentions
    metadata: { name: a, namespace: shop }
    spec:
      destination: { name: a }
      jwt:
        providers:
        - name: idp
        - verifyClaims: []
#< error consul/intention-permission-invalid "This provider of tokens has no name."
      sources: [{ name: b, action: allow }]
  `,
  );
});
