import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { unknownExportNamespace } from './unknown-export-namespace.js';

const namespaces = `
    ---
    kind: Namespace
    metadata: { name: payments }
    ---
    kind: Namespace
    metadata: { name: ledgers }
`;

test('reports namespaces that do not exist', () => {
  check(
    unknownExportNamespace,
    `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      host: cart
      exportTo:
      - .
      - shop
      - ledgers
      - paymnts
    #   ^^^^^^^ error istio/unknown-export-namespace 💡 "No namespace "paymnts" exists ("payments" exists)."
      - tools
    #   ^^^^^ error istio/unknown-export-namespace
${namespaces}`,
  );
});

test('in the open world only a near miss is told, and without Namespaces nothing', () => {
  const yaml = `
    kind: ServiceEntry
    metadata: { name: api, namespace: shop }
    spec:
      hosts: [api.example.com]
      exportTo: [tools, paymnts]
`;
  check(unknownExportNamespace, `${yaml}    #                   ^^^^^^^ warning istio/unknown-export-namespace\n${namespaces}`, {
    world: 'open',
  });
  check(unknownExportNamespace, yaml);
});

test('a namespace in which something lives exists', () => {
  check(
    unknownExportNamespace,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { hosts: [cart], exportTo: [tools] }
    ---
    kind: Deployment
    metadata: { name: lab, namespace: tools }
    spec: { template: { metadata: { labels: { app: lab } } } }
${namespaces}`,
  );
});

test('corrects the name', () => {
  const yaml = (name: string) => `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { hosts: [cart], exportTo: [${name}] }
${namespaces}`;
  checkFix(unknownExportNamespace, yaml('paymnts'), 'Change to "payments"', yaml('payments'));
});
