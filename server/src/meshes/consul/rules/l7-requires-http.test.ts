import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { l7RequiresHttp } from './l7-requires-http.js';

test('a service that is tcp for lack of a word', () => {
  check(
    l7RequiresHttp,
    `
    kind: ServiceSplitter
    metadata:
      name: web
    #< error consul/l7-requires-http 💡 "Service "web" is tcp, and a ServiceSplitter needs http, http2 or grpc."
      namespace: shop
    spec: { splits: [{ weight: 100 }] }
    ---
    kind: ServiceIntentions
    metadata: { name: web, namespace: shop }
    spec:
      destination:
        name: web
    #< warning consul/l7-requires-http 💡
      sources:
      - name: api
        permissions: [{ action: allow, http: { pathPrefix: / } }]
    ---
    kind: ServiceIntentions
    metadata: { name: plain, namespace: shop }
    spec:
      destination: { name: web }
      sources: [{ name: api, action: allow }]
  `,
  );
});

test('a ServiceDefaults without protocol, and a destination', () => {
  check(
    l7RequiresHttp,
    `
    kind: ProxyDefaults
    metadata: { name: global, namespace: shop }
    spec: { config: { protocol: http } }
    ---
    kind: ServiceDefaults
    metadata: { name: web, namespace: shop }
    spec: { maxInboundConnections: 5 }
    ---
    kind: ServiceRouter
    metadata: { name: edge, namespace: shop }
    spec:
      routes:
      - destination:
          service: web
    #< error consul/l7-requires-http 💡
    ---
    kind: ServiceRouter
    metadata: { name: api, namespace: shop }
    spec: { routes: [{ destination: { service: edge } }] }
  `,
  );
});
