import { expect, test } from 'vitest';
import { createHost } from '../../analysis/analyze.js';
import { snapshotOf } from '../../analysis/workspace.js';
import { definition } from '../../features/definition.js';
import { labels } from '../../../../test/support/editor.js';
import { schemas } from '../../../../test/support/analyze.js';

const WORLD = `
    # file: base/kustomization.yaml
    resources: [cart.yaml]
    # file: base/cart.yaml
    kind: Service
    metadata: { name: cart, namespace: shop }
    # file: overlays/dev/extra.yaml
    kind: Service
    metadata: { name: extra, namespace: shop }
    # file: overlays/dev/listed.yaml
    kind: Service
    metadata: { name: listed, namespace: shop }
`;

test('resources are files that are not listed yet, and folders with a kustomization', () => {
  const offered = labels(`
    # file: overlays/dev/kustomization.yaml
    resources:
    - listed.yaml
    - $0
${WORLD}`);
  expect(offered).toEqual(['extra.yaml', '../../base']);
});

test('fields are those of the kustomization, though it does not say its kind', () => {
  expect(
    labels(`
    # file: overlays/dev/kustomization.yaml
    resources: []
    nameP$0
`),
  ).toContain('namePrefix');
});

test('a path leads to its file, and a folder to its kustomization', () => {
  const host = createHost({ schemas });
  const text = 'resources:\n- ../base\n- cart.yaml\n';
  host.apply([
    { uri: 'file:///w/dev/kustomization.yaml', text },
    { uri: 'file:///w/dev/cart.yaml', text: 'a: b' },
    { uri: 'file:///w/base/kustomization.yaml', text: 'resources: []' },
  ]);
  const snapshot = snapshotOf(host, schemas, (uri) => uri);
  const to = (at: string): readonly string[] =>
    definition(snapshot, 'file:///w/dev/kustomization.yaml', text.indexOf(at) + 1).map((it) => it.to.uri);
  expect(to('../base')).toEqual(['file:///w/base/kustomization.yaml']);
  expect(to('cart.yaml')).toEqual(['file:///w/dev/cart.yaml']);
});
