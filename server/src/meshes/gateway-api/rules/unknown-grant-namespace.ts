import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { namespaceNames } from '../../kubernetes/lookups.js';
import { namespaces } from '../../kubernetes/tables.js';
import { namespaceExists } from '../lookups.js';

export const unknownGrantNamespace = defineRule({
  id: 'gateway-api/unknown-grant-namespace',
  title: 'ReferenceGrant lets in a namespace that does not exist',
  severity: 'error',
  category: 'reference',
  peers: ['KIA1601'],
  effect: 'This entry permits nothing.',
  why: 'A ReferenceGrant lists by name the namespaces whose resources may use what is in its own. A name that no namespace has lets in nobody, and whoever was meant is refused.',
  remedy: 'Correct the name of the namespace.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: from-shop, namespace: payments }
spec:
  from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shoop }]
  to: [{ group: "", kind: Service }]
---
apiVersion: v1
kind: Namespace
metadata: { name: shop }
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: from-shop, namespace: payments }
spec:
  from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop }]
  to: [{ group: "", kind: Service }]
---
apiVersion: v1
kind: Namespace
metadata: { name: shop }
`,
  },

  kinds: ['ReferenceGrant'],
  reads: { namespaceExists, namespaceNames, namespaces },

  *check({ resource, read }) {
    for (const node of resource.root.list('spec.from.*.namespace')) {
      const written = node.text();
      if (written === undefined || written === '' || written === resource.namespace || read.namespaceExists(written)) continue;
      const near = nearest(written, read.namespaceNames());
      yield {
        at: node,
        certainty: near === undefined ? 'unseen' : 'near',
        message: `No Namespace "${written}" exists${near === undefined ? ' in this workspace' : ` ("${near}" exists)`}.`,
        related: (near === undefined ? [] : read.namespaces(near)).map((it) => ({
          at: it,
          message: `Namespace "${near}" is defined here`,
        })),
        ...(near !== undefined && { data: near }),
      };
    }
  },

  fix({ resource, problem, text }) {
    const node = resource.root.list('spec.from.*.namespace').find((it) => it.start === problem.at.start);
    const near = problem.data as string | undefined;
    // It lets somebody in, so nobody applies it unseen.
    return node === undefined || near === undefined ? [] : [{ title: `Change to "${near}"`, edits: [replaceValue(text, node, near)] }];
  },
});
