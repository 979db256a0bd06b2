import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { httpFieldCase } from './http-field-case.js';

const POLICY = (rules: string) => `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - toPorts:
        - ports: [{ port: "80", protocol: TCP }]
          rules:
${rules}
`;

test('reports protocols in capitals', () => {
  check(httpFieldCase, POLICY('            http: [{}]\n            DNS: [{}]\n    #       ^^^ warning cilium/http-field-case'));
  check(
    httpFieldCase,
    POLICY('            HTTP: [{ method: GET }]').replace('rules:\n', 'rules:\n    #     ^^^^^^ warning cilium/http-field-case 💡\n'),
  );
  check(httpFieldCase, POLICY('            http: [{ method: GET }]'));
});

test('offers the field as it is written', () => {
  checkFix(httpFieldCase, POLICY('            Http: [{ method: GET }]'), 'Rename to "http"', POLICY('            http: [{ method: GET }]'));
});
