import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { repeatedEgressHost } from './repeated-egress-host.js';

test('warns of hosts that others cover', () => {
  check(
    repeatedEgressHost,
    `
    kind: Sidecar
    metadata: { name: default, namespace: shop }
    spec:
      egress:
      - hosts: ["*/*", shop/a.example.com]
    #                  ^^^^^^^^^^^^^^^^^^ warning istio/repeated-egress-host 💡 ""*/*" covers "shop/a.example.com"."
      - hosts: [shop/a.example.com, ./*, ~team/*]
    #           ^^^^^^^^^^^^^^^^^^ warning istio/repeated-egress-host 💡
      - hosts: [./*, istio-system/*, "*/www.example.com"]
  `,
  );
});

test('removes the narrower one', () => {
  const yaml = (hosts: string) => `
    kind: Sidecar
    metadata: { name: default, namespace: shop }
    spec: { egress: [{ hosts: [${hosts}] }] }
  `;
  checkFix(repeatedEgressHost, yaml('"*/*", ./*'), 'Remove "./*"', yaml('"*/*"'));
});
