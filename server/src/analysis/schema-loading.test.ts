import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { completion } from '../features/completion.js';
import { hover } from '../features/hover.js';
import { createSchemas, type SchemaSet } from '../schema/schemas.js';
import { createHost } from './analyze.js';
import { diagnosticsOf } from './diagnostics.js';
import { snapshotOf } from './workspace.js';

/** Schemas that tell which of their files were read, in order of name. */
function watched(): { readonly schemas: SchemaSet; readonly read: () => readonly string[] } {
  const read = new Set<string>();
  const schemas = createSchemas((name) => {
    read.add(name);
    return readFileSync(new URL(`../../../schemas/${name}`, import.meta.url), 'utf8');
  });
  return { schemas, read: () => [...read].sort() };
}

/** What checking a workspace reads. */
function readFor(text: string): readonly string[] {
  const { schemas, read } = watched();
  const host = createHost({ schemas });
  host.apply([{ uri: 'file:///w/a.yaml', text }]);
  diagnosticsOf(host, 'file:///w/a.yaml');
  return read();
}

const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: { name: cart, namespace: shop }\nspec: { ports: [{ port: 80 }] }\n';
const ROUTE =
  'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: cart, namespace: shop }\nspec:\n  hosts: [cart]\n  http:\n  - route: [{ destination: { host: cart } }]\n';

test('what is no manifest reads no schema', () => {
  expect(readFor('services:\n  web:\n    image: nginx\n')).toEqual([]);
});

test('a workspace without a system never reads its schemas', () => {
  expect(readFor(SERVICE)).toEqual(['index.json', 'kubernetes/kubernetes.json']);
  // metadata is described by Kubernetes alone; of other groups of Istio nothing is read either.
  expect(readFor(ROUTE)).toEqual(['index.json', 'istio/networking.istio.io.json', 'kubernetes/kubernetes.json']);
  expect(
    readFor('apiVersion: cilium.io/v2\nkind: CiliumCIDRGroup\nmetadata: { name: a }\nspec: { externalCIDRs: [10.0.0.0/8] }\n'),
  ).toEqual(['cilium/cilium.io.json', 'index.json', 'kubernetes/kubernetes.json']);
});

test('words are read when they are shown, and those of the own system only', () => {
  expect(readFor(ROUTE).filter((it) => it.endsWith('.yaml'))).toEqual([]);
  const { schemas, read } = watched();
  const host = createHost({ schemas });
  host.apply([{ uri: 'file:///w/a.yaml', text: ROUTE }]);
  const snapshot = snapshotOf(host, schemas, (uri) => uri);
  hover(snapshot, 'file:///w/a.yaml', ROUTE.indexOf('hosts'), { uriOf: (it) => it, isTrusted: false });
  completion(snapshot, 'file:///w/a.yaml', ROUTE.indexOf('hosts') + 2);
  expect(read().filter((it) => it.endsWith('.yaml'))).toEqual(['istio/docs.yaml']);
});
