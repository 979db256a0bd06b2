import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { denyCoversTcp } from './deny-covers-tcp.js';

test('warns of rules that deny all TCP traffic', () => {
  check(
    denyCoversTcp,
    `
    kind: AuthorizationPolicy
    metadata: { name: a, namespace: shop }
    spec:
      action: DENY
      rules:
      - to: [{ operation: { paths: [/admin] } }]
    #   ^^ warning istio/deny-covers-tcp "This rule goes by HTTP, of which nothing is known on TCP ports. On TCP ports it denies everything."
      - from: [{ source: { notRequestPrincipals: ["*"] } }]
    #   ^^^^ info istio/deny-covers-tcp
      - from: [{ source: { namespaces: [a] } }]
        to: [{ operation: { methods: [POST] } }]
    #   ^^ warning istio/deny-covers-tcp
      - from: [{ source: { namespaces: [a], requestPrincipals: ["*"] } }]
      - to: [{ operation: { paths: [/admin], ports: ["80"] } }]
      - to: [{ operation: {{ .Values.operation }} }]
    ---
    kind: AuthorizationPolicy
    metadata: { name: b, namespace: shop }
    spec: { action: ALLOW, rules: [{ to: [{ operation: { paths: [/] } }] }] }
  `,
  );
});
