import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { invalidMatch } from './invalid-match.js';

test('reports names that no header has, and empty prefixes', () => {
  check(
    invalidMatch,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - match:
        - uri: { prefix: "" }
          method: { prefix: "" }
    #                       ^^ error istio/invalid-match "The prefix is empty, and every text begins with that."
          headers:
            "end user": {}
    #       ^^^^^^^^^^ error istio/invalid-match ""end user" is no name that a header can have."
            :port: { exact: "80" }
    #       ^^^^^ error istio/invalid-match
            :path: { exact: /a }
            x-{{ .Values.name }}: { exact: a }
  `,
  );
});

test('allows claims at gateways only', () => {
  const claim = `http: [{ match: [{ headers: { "@request.auth.claims.group": { exact: a } } }] }]`;
  check(
    invalidMatch,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      gateways: [public]
      ${claim}
    ---
    kind: VirtualService
    metadata: { name: basket, namespace: shop }
    spec:
      ${claim}
    #                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error istio/invalid-match
    ---
    kind: VirtualService
    metadata: { name: other, namespace: shop }
    spec:
      gateways: {{ .Values.gateways }}
      ${claim}
  `,
  );
});

test('reports TLS routes that name no server', () => {
  check(
    invalidMatch,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      tls:
      - route: [{ destination: { host: cart } }]
    #   ^^^^^ error istio/invalid-match "A TLS route needs a match that names its servers in "sniHosts"."
      - match: [{ port: 443 }]
    #             ^^^^ error istio/invalid-match "The match of a TLS route needs "sniHosts"."
      - match: [{ sniHosts: [cart] }]
  `,
  );
});
