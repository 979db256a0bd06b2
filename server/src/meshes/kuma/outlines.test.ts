import { expect, test } from 'vitest';
import { edit } from '../../../../test/support/editor.js';
import { documentSymbols } from '../../features/symbols.js';

test('an outline names the sides of a policy', () => {
  const { snapshot, uri } = edit(`
    kind: MeshHTTPRoute
    metadata: { name: $0a, namespace: shop }
    spec:
      targetRef: { kind: Dataplane, labels: { app: web } }
      to:
      - targetRef: { kind: MeshService, name: cart }
        rules:
        - matches: [{ path: { type: PathPrefix, value: /buy } }]
          default: { backendRefs: [{ kind: MeshService, name: cart-v2, port: 80 }] }
  `);
  const names = (items: readonly { readonly name: string; readonly children?: readonly unknown[] }[]): readonly string[] =>
    items.flatMap((it) => [it.name, ...names((it.children ?? []) as Parameters<typeof names>[0])]);
  expect(names(documentSymbols(snapshot, uri))).toEqual(expect.arrayContaining(['Dataplane app=web', 'MeshService cart', '/buy']));
});
