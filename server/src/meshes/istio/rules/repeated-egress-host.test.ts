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

test('in the default Sidecar of the mesh, "." is the namespace of each workload', () => {
  check(
    repeatedEgressHost,
    `
    kind: Sidecar
    metadata: { name: default, namespace: istio-system }
    spec: { egress: [{ hosts: [./*, istio-system/*] }] }
    ---
    kind: Sidecar
    metadata: { name: gateway, namespace: istio-system }
    spec:
      workloadSelector: { labels: { app: gateway } }
      egress: [{ hosts: [./*, istio-system/*] }]
    #                         ^^^^^^^^^^^^^^ warning istio/repeated-egress-host
    `,
  );
});
