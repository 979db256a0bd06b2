import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { namespaceNamed, namespaceNames } from '../../kubernetes/lookups.js';

const release = (more: string): string => `
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: cart, namespace: flux-system }
spec:
  interval: 10m
  targetNamespace: shop
${more}  chartRef: { kind: OCIRepository, name: cart }
---
apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: cart, namespace: flux-system }
spec: { interval: 1m, url: oci://example.com/cart }
`;

export const unknownNamespace = defineRule({
  id: 'flux/unknown-namespace',
  title: 'Flux applies to a namespace that nobody makes',
  severity: 'warning',
  category: 'reference',
  effect: 'Flux fails where the namespace is missing.',
  why: 'Flux makes no target namespace of a Kustomization, and that of a HelmRelease only with createNamespace.',
  remedy: 'Add the Namespace, or install.createNamespace in a HelmRelease.',
  example: { bad: release(''), good: release('  install: { createNamespace: true }\n') },

  kinds: ['Kustomization', 'HelmRelease'],
  reads: { namespaceNamed, namespaceNames },

  *check({ resource: { root }, read }) {
    const at = root.get('spec.targetNamespace');
    const name = at?.text();
    if (at === undefined || !name || ['default', 'kube-system', 'flux-system'].includes(name)) return;
    if (root.get('spec.install.createNamespace') !== undefined && root.boolean('spec.install.createNamespace') !== false) return;
    if (read.namespaceNamed(name).length > 0) return;
    const near = nearest(name, read.namespaceNames());
    yield {
      at,
      message: `No Namespace "${name}" is in this workspace.`,
      certainty: near === undefined ? 'unseen' : 'near',
      ...(near !== undefined && { data: near }),
    };
  },

  fix({ problem, resource, text }) {
    const node = resource.root.get('spec.targetNamespace');
    if (typeof problem.data !== 'string' || node === undefined) return [];
    return [{ title: `Change to "${problem.data}"`, edits: [replaceValue(text, node, problem.data)] }];
  },
});
