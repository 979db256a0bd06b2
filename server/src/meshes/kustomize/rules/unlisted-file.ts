import { resourcesOfFile, unlistedFiles } from '../../../index/files.js';
import { defineRule } from '../../../rules/rule.js';
import { insertEntry, insertItem, quoteIfNeeded } from '../../../yaml/edit.js';

interface Data {
  readonly name: string;
}

export const unlistedFile = defineRule({
  id: 'kustomize/unlisted-file',
  title: 'Manifest beside a kustomization that none lists',
  severity: 'hint',
  category: 'reference',
  why: 'Kustomize builds what `resources` lists and no more: a manifest that was forgotten there is never applied, though it lies in the right folder. It is checked like one that is applied by itself.',
  remedy: 'List it, or move it elsewhere.',
  example: {
    bad: `
# file: kustomization.yaml
resources: [cart.yaml]
# file: cart.yaml
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
# file: orders.yaml
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80 }] }
`,
    good: `
# file: kustomization.yaml
resources: [cart.yaml, orders.yaml]
# file: cart.yaml
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
# file: orders.yaml
apiVersion: v1
kind: Service
metadata: { name: orders, namespace: shop }
spec: { selector: { app: orders }, ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['kustomize.config.k8s.io/Kustomization'],
  reads: { unlistedFiles, resourcesOfFile },

  *check({ resource, read }) {
    const { root } = resource;
    if (root.partial) return;
    const at = root.entry('resources')?.keyRange ?? root.entries[0]?.keyRange;
    const files = read.unlistedFiles(resource.uri).filter(({ data: { uri } }) => read.resourcesOfFile(uri).length > 0);
    if (at === undefined) return;
    for (const { data } of files.slice(0, MOST)) {
      const name = decodeURI(data.uri.slice(data.uri.lastIndexOf('/') + 1));
      yield { at, message: `"${name}" is beside this file, and no kustomization lists it.`, data: { name } };
    }
  },

  fix({ resource: { root }, problem, text }) {
    const { name } = problem.data as unknown as Data;
    const item = quoteIfNeeded(name);
    const list = root.get('resources');
    if (list !== undefined && list.type !== 'list') return [];
    const edit = list ? insertItem(text, list, item) : insertEntry(text, root, 'resources', `- ${item}`);
    return [{ title: `Add "${name}" to resources`, edits: [edit] }];
  },
});

/** Where more are not listed, the rest is hardly forgotten. */
const MOST = 5;
