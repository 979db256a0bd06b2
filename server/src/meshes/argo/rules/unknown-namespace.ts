import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { namespaceNamed, namespaceNames } from '../../kubernetes/lookups.js';

export const unknownNamespace = defineRule({
  id: 'argo/unknown-namespace',
  title: 'Application goes to a namespace that nobody makes',
  severity: 'warning',
  category: 'reference',
  effect: 'Its sync fails where the namespace is missing.',
  why: 'Argo CD makes the namespace of an Application only if it is told so by CreateNamespace=true.',
  remedy: 'Add the Namespace, or the sync option CreateNamespace=true.',
  example: {
    bad: `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec:
  source: { repoURL: https://example.com/charts, chart: shop, targetRevision: 1.0.0 }
  destination: { namespace: shop }
`,
    good: `
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: shop, namespace: argocd }
spec:
  source: { repoURL: https://example.com/charts, chart: shop, targetRevision: 1.0.0 }
  destination: { namespace: shop }
  syncPolicy: { syncOptions: [CreateNamespace=true] }
`,
  },

  kinds: ['Application'],
  reads: { namespaceNamed, namespaceNames },

  *check({ resource: { root }, read }) {
    const at = root.get('spec.destination.namespace');
    const name = at?.text();
    if (at === undefined || !name || ['default', 'kube-system', 'argocd'].includes(name)) return;
    if (root.list('spec.syncPolicy.syncOptions.*').some((it) => it.text() === 'CreateNamespace=true')) return;
    if (read.namespaceNamed(name).length > 0) return;
    const near = nearest(name, read.namespaceNames());
    yield { at, message: `No Namespace "${name}" is in this workspace.`, certainty: near === undefined ? 'unseen' : 'near', data: near };
  },

  fix({ problem, resource, text }) {
    const node = resource.root.get('spec.destination.namespace');
    if (typeof problem.data !== 'string' || node === undefined) return [];
    return [{ title: `Change to "${problem.data}"`, edits: [replaceValue(text, node, problem.data)] }];
  },
});
