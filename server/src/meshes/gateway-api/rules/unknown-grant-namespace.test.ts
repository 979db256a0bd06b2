import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { unknownGrantNamespace } from './unknown-grant-namespace.js';

const yaml = (namespace: string) => `
    kind: ReferenceGrant
    metadata: { name: from-shop, namespace: payments }
    spec:
      from:
      - group: gateway.networking.k8s.io
        kind: HTTPRoute
        namespace: ${namespace}
    ---
    kind: Namespace
    metadata: { name: shop }
    ---
    kind: Service
    metadata: { name: cart, namespace: carts }
`;

test('reports namespaces that do not exist', () => {
  const mark = (severity: string, message: string) =>
    yaml(`shoop\n    #              ^^^^^ ${severity} gateway-api/unknown-grant-namespace 💡 "${message}"`);
  check(unknownGrantNamespace, mark('error', 'No Namespace "shoop" exists ("shop" exists). This entry permits nothing.'));
  check(unknownGrantNamespace, mark('warning', 'No Namespace "shoop" exists ("shop" exists).'), { world: 'open' });
  check(unknownGrantNamespace, yaml('carts'));
  check(unknownGrantNamespace, yaml('"{{ .Values.namespace }}"'));
});

test('in the open world, a namespace may be elsewhere', () => {
  check(unknownGrantNamespace, yaml('other'), { world: 'open' });
});

test('changes to the nearest namespace', () => {
  checkFix(unknownGrantNamespace, yaml('sho$0op'), 'Change to "shop"', yaml('shop'));
});
