import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routerMatchInvalid } from './router-match-invalid.js';

test('paths, headers, parameters and methods', () => {
  check(
    routerMatchInvalid,
    `
    kind: ServiceRouter
    metadata: { name: web, namespace: shop }
    spec:
      routes:
      - match:
          http:
            pathExact: /a
            pathPrefix: b
    #< error consul/router-match-invalid 💡 "Path "b" does not begin with "/"."
    #< error consul/router-match-invalid
            methods: [get, FETCH]
    #< error consul/router-match-invalid
            header:
            - name: x-a
              exact: a
              suffix: b
    #< error consul/router-match-invalid
            - name: x-b
    #< error consul/router-match-invalid
            - name: x-c
              present: true
              invert: true
            queryParam:
            - name: q
              regex: .*
              present: true
    #< error consul/router-match-invalid
      - match:
          http:
            pathRegex: ^a
            methods:
            - GET
            - get
    #< error consul/router-match-invalid "Method "GET" is listed twice."
  `,
  );
});
