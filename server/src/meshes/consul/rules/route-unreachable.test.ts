import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routeUnreachable } from './route-unreachable.js';

test('routes behind a catch-all', () => {
  check(
    routeUnreachable,
    `
    kind: ServiceRouter
    metadata: { name: web, namespace: shop }
    spec:
      routes:
      - match: { http: { pathPrefix: /a } }
        destination: { service: a }
      - match: { http: {} }
        destination: { service: b }
      - match: { http: { pathPrefix: /c } }
    #< warning consul/route-unreachable 💡
        destination: { service: c }
    ---
    kind: ServiceRouter
    metadata: { name: api, namespace: shop }
    spec:
      routes:
      - match: { http: { pathPrefix: /, methods: [GET] } }
        destination: { service: a }
      - match: { http: { pathPrefix: / } }
        destination: { service: b }
  `,
  );
});
