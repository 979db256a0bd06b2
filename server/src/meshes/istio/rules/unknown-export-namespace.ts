import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { removeItem, replaceValue } from '../../../yaml/edit.js';
import { namespaceNames } from '../../kubernetes/lookups.js';
import { workloadsByLabel } from '../../kubernetes/tables.js';
import { namespaceLabels } from '../injection.js';
import { namespaceInView } from '../lookups.js';
import { serviceEntryHosts } from '../tables.js';

export const unknownExportNamespace = defineRule({
  id: 'istio/unknown-export-namespace',
  title: 'exportTo names a namespace that does not exist',
  severity: 'error',
  category: 'reference',
  peers: ['KIA0005'],
  effect: 'Nobody there sees this resource.',
  why: 'exportTo lists the namespaces whose proxies may use a resource. A name that no namespace has hides it from those who were meant.',
  remedy: 'Correct the name. "." means the resource’s own namespace, "*" all of them.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: storefront, namespace: shop }
spec:
  hosts: [shop.example.com]
  exportTo: [payment]
  http:
  - redirect: { authority: www.example.com }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Namespace
metadata: { name: payments, labels: { istio-injection: enabled } }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: storefront, namespace: shop }
spec:
  hosts: [shop.example.com]
  exportTo: [payments]
  http:
  - redirect: { authority: www.example.com }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Namespace
metadata: { name: payments, labels: { istio-injection: enabled } }
`,
  },

  mentions: ['exportTo'],
  kinds: ['VirtualService', 'DestinationRule', 'ServiceEntry'],
  reads: { namespaceNames, namespaceInView, namespaceLabels, workloadsByLabel },

  *check({ resource, read, stated }) {
    const isPlain = (name: string): boolean => ['', '.', '*'].includes(name) || name === resource.namespace;
    if (stated(serviceEntryHosts)?.data.exportTo.every(isPlain) === true) return;
    // Ambient proxies do not read exportTo.
    if (read.namespaceLabels(namespaceKey(resource.namespace))?.data.labels['istio.io/dataplane-mode'] === 'ambient') return;
    for (const node of resource.root.list('spec.exportTo.*')) {
      const name = node.text();
      if (name === '~' && resource.kind === 'ServiceEntry' && resource.root.list('spec.exportTo.*').length === 1)
        yield {
          at: node,
          severity: 'hint',
          message: '"~" exports this to nobody; Kiali takes it for the name of a namespace.',
          effect: '',
        };
      if (name === undefined || ['', '.', '*', '~'].includes(name) || name === resource.namespace) continue;
      const known = read.namespaceNames();
      // Without Namespace manifests nobody can tell.
      if (known.length === 0 || known.includes(name) || read.namespaceInView(name) || read.workloadsByLabel(`${name}/`).length > 0)
        continue;
      const near = nearest(name, known);
      yield {
        at: node,
        certainty: near === undefined ? 'unseen' : 'near',
        message: `No namespace "${name}" exists${near === undefined ? ' in this workspace' : ` ("${near}" exists)`}.`,
        data: near,
      };
    }
  },

  fix({ resource, problem, text }) {
    const near = problem.data as string | undefined;
    const node = resource.root.list('spec.exportTo.*').find((it) => it.start === problem.at.start);
    if (near === undefined || node === undefined) return [];
    // A namespace that the list names already would stand in it twice.
    const list = resource.root.get('spec.exportTo');
    const names = resource.root.list('spec.exportTo.*').map((it) => it.text());
    if (names.includes(near) || (near === resource.namespace && names.includes('.'))) {
      const removal = list?.type === 'list' ? removeItem(text, list, list.items.indexOf(node)) : undefined;
      return removal ? [{ title: `Remove "${node.text() ?? ''}"`, edits: [removal] }] : [];
    }
    return [{ title: `Change to "${near}"`, preferred: true, edits: [replaceValue(text, node, near)] }];
  },
});
