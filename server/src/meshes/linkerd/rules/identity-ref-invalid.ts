import { defineRule } from '../../../rules/rule.js';
import { insertEntry, removeEntry } from '../../../yaml/edit.js';
import { mapAt } from '../suggestions.js';

export const identityRefInvalid = defineRule({
  id: 'linkerd/identity-ref-invalid',
  title: 'Identity reference that is no ServiceAccount and no Namespace',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'An identity reference names a ServiceAccount, or a Namespace to mean all of its accounts. A Namespace is in no namespace, so none can stand beside it; and the name is needed, though the schema does not ask for it.',
  remedy: 'Name a ServiceAccount, with its namespace, or a Namespace, without one.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: callers, namespace: shop }
spec: { identityRefs: [{ kind: ServiceAccount, namespace: shop }] }
`,
    good: `
apiVersion: policy.linkerd.io/v1alpha1
kind: MeshTLSAuthentication
metadata: { name: callers, namespace: shop }
spec: { identityRefs: [{ kind: Namespace, name: shop }] }
`,
  },

  kinds: ['MeshTLSAuthentication'],
  reads: {},

  *check({ resource }) {
    for (const node of resource.root.list('spec.identityRefs.*')) {
      if (node.type !== 'map' || node.partial) continue;
      const kind = node.text('kind');
      const kindNode = node.get('kind');
      const group = node.has('group') ? node.text('group') : '';
      if (kind === undefined || kindNode === undefined || group === undefined) continue;
      const isCore = ['', 'core'].includes(group.toLowerCase());
      if (!isCore || !['serviceaccount', 'namespace'].includes(kind.toLowerCase())) {
        yield {
          at: isCore ? kindNode : node.get('group')!,
          message: `An identity is that of a ServiceAccount or of a Namespace, not of a ${kind}${isCore ? '' : ` of group "${group}"`}.`,
        };
      } else if (kind.toLowerCase() === 'namespace' && node.has('namespace')) {
        yield { at: node.get('namespace')!, message: 'A Namespace is in no namespace.', data: 'remove' };
      } else if (!node.has('name') || node.text('name') === '') {
        const namespace = node.text('namespace');
        yield {
          at: node.get('name') ?? kindNode,
          message: `This reference names no ${kind}.`,
          data: namespace !== undefined && kind.toLowerCase() === 'serviceaccount' && !node.has('name') ? 'namespace' : null,
        };
      }
    }
  },

  fix({ resource, problem, text }) {
    const map = mapAt(resource.root, problem);
    const removal = map && removeEntry(text, map, 'namespace');
    if (map === undefined || removal === undefined) return [];
    if (problem.data === 'remove')
      return [{ title: 'Remove "namespace"', preferred: map.has('name'), edits: [removal] }].filter(() => map.has('name'));
    if (problem.data !== 'namespace') return [];
    return [{ title: 'Ask for service account "default"', edits: [insertEntry(text, map, 'name', 'default', 'kind')] }];
  },
});
