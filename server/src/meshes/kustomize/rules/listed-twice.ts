import { defineRule } from '../../../rules/rule.js';
import { removeItem } from '../../../yaml/edit.js';
import { namedPaths, type NamedPath } from '../places.js';

export const listedTwice = defineRule({
  id: 'kustomize/listed-twice',
  title: 'Kustomization lists the same file or folder twice',
  severity: 'error',
  category: 'semantics',
  effect: 'Kustomize stops, as its resources would be there twice.',
  why: 'No two resources of a build may have the same kind, namespace and name.',
  remedy: 'Take one of the two out.',
  example: {
    bad: `
# file: kustomization.yaml
resources: [cart.yaml, ./cart.yaml]
# file: cart.yaml
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
`,
    good: `
# file: kustomization.yaml
resources: [cart.yaml]
# file: cart.yaml
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['kustomize.config.k8s.io/Kustomization', 'kustomize.config.k8s.io/Component'],
  reads: {},

  *check({ resource }) {
    const listed = new Set(resource.root.list('resources.*').concat(resource.root.list('bases.*')));
    const first = new Map<string, NamedPath>();
    for (const path of namedPaths(resource)) {
      if (!listed.has(path.node)) continue;
      const before = first.get(path.uri);
      if (before === undefined) first.set(path.uri, path);
      else
        yield {
          at: path.node,
          message: `"${path.written}" is listed twice.`,
          related: [{ at: before.node, message: 'It is listed here first' }],
        };
    }
  },

  fix({ resource, problem, text }) {
    for (const field of ['resources', 'bases']) {
      const list = resource.root.get(field);
      if (list?.type !== 'list') continue;
      const edit = removeItem(
        text,
        list,
        list.items.findIndex((it) => it.start === problem.at.start),
      );
      if (edit) return [{ title: 'Take it out', preferred: true, edits: [edit] }];
    }
    return [];
  },
});
