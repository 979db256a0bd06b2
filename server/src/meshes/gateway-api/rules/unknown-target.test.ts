import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { unknownTarget } from './unknown-target.js';

const service = `
    ---
    kind: Service
    metadata: { name: payment, namespace: payments }
    spec: { ports: [{ name: https, port: 443 }] }
`;

test('reports targets and ports that do not exist', () => {
  check(
    unknownTarget,
    `
    kind: BackendTLSPolicy
    metadata: { name: payment, namespace: payments }
    spec:
      targetRefs:
      - { group: "", kind: Service, name: payment, sectionName: https }
      - { group: "", kind: Service, name: payment, sectionName: "443" }
    #                                                           ^^^^^ error gateway-api/unknown-target "Service "payments/payment" has no port named "443" (it has "https")."
      - { group: example.org, kind: Backend, name: other }
    ---
    kind: BackendTLSPolicy
    metadata: { name: other, namespace: payments }
    spec:
      targetRefs:
      - { group: "", kind: Service, name: paymnet }
    #                                     ^^^^^^^ error gateway-api/unknown-target 💡 "No Service "payments/paymnet" exists ("payment" exists). This policy does nothing."
${service}
  `,
  );
});

test('in the open world, a Service of a namespace that is not at hand may exist', () => {
  check(
    unknownTarget,
    `
    kind: BackendTLSPolicy
    metadata: { name: ledger, namespace: ledger }
    spec: { targetRefs: [{ group: "", kind: Service, name: ledger }] }
${service}
  `,
    { world: 'open' },
  );
});

test('changes to the nearest Service', () => {
  const yaml = (name: string) => `
    kind: BackendTLSPolicy
    metadata: { name: payment, namespace: payments }
    spec:
      targetRefs: [{ group: "", kind: Service, name: ${name} }]
${service}`;
  checkFix(unknownTarget, yaml('pay$0mnet'), 'Change to "payment"', yaml('payment'));
});
