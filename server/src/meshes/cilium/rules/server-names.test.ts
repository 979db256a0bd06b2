import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serverNames } from './server-names.js';

test('reports server names beside rules that cannot look into TLS, and empty ones', () => {
  check(
    serverNames,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      egress:
      - toPorts:
        - ports: [{ port: "443", protocol: TCP }]
          serverNames: [a.example.org]
    #     ^^^^^^^^^^^ error cilium/server-names 💡
          rules: { http: [{ path: /a }] }
        - serverNames: [""]
    #                   ^^ error cilium/server-names
        - serverNames: []
    #     ^^^^^^^^^^^ error cilium/server-names
        - serverNames: [a.example.org]
          terminatingTLS: { secret: { name: tls } }
          rules: { http: [{ path: /a }] }
        - serverNames: [a.example.org]
  `,
  );
});
