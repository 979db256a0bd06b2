import { expect, test } from 'vitest';
import { edit } from '../../../../test/support/editor.js';
import { withoutFilledIn } from '../../../../test/support/fixture.js';
import { refactorings } from '../../features/refactorings.js';
import { applyEdits } from '../../text/edit.js';

function offered(yaml: string): Record<string, string> {
  const { snapshot, uri, offset, textOf } = edit(yaml);
  return Object.fromEntries(
    refactorings(snapshot, uri, { start: offset, end: offset }).map(({ title, files }) => [
      title,
      withoutFilledIn(applyEdits(textOf(uri), files[0]!.edits)),
    ]),
  );
}

const route = (backends: string, others = ''): string => `
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: { name: cart, namespace: shop }
    spec:
      rules:
      - backendRefs:
${backends}${others}`;
const service = (name: string, port = 80): string => `
    ---
    kind: Service
    metadata: { name: ${name}, namespace: shop }
    spec: { ports: [{ port: ${port} }] }`;

test('splits a rule to another version of its Service', () => {
  const found = offered(
    route(
      '        - name: cart$0\n          port: 80 # plain',
      service('cart') + service('cart-v2') + service('cart-admin') + service('cart-canary', 8080),
    ),
  );
  expect(Object.keys(found)).toEqual(['Split: send 10 % of this rule to Service "cart-v2"']);
  expect(Object.values(found)[0]).toContain(
    '  - backendRefs:\n    - name: cart\n      port: 80 # plain\n      weight: 90\n    - name: cart-v2\n      port: 80\n      weight: 10\n',
  );
});

test('shifts weights whatever they add up to; one that is left out is 1', () => {
  const found = offered(route('        - { name: cart$0, port: 80, weight: 3 }\n        - { name: cart-v2, port: 80 }\n'));
  expect(Object.keys(found)).toEqual(['Shift weights to 50/50', 'Shift all requests to "cart-v2"', 'Shift all requests back']);
  expect(found['Shift weights to 50/50']).toContain(
    '    - { name: cart, port: 80, weight: 50 }\n    - { name: cart-v2, port: 80, weight: 50 }\n',
  );
  expect(offered(route('        - { name: cart$0, port: 80, weight: "{{ .w }}" }\n        - { name: cart-v2, port: 80 }\n'))).toEqual({});
});
