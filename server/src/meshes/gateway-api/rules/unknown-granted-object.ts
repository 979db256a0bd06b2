import { displayName, namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { secretsNamed, servicesNamed } from '../../kubernetes/lookups.js';
import { secretsIn, servicesIn } from '../../kubernetes/tables.js';
import { servicesInView } from '../lookups.js';

export const unknownGrantedObject = defineRule({
  id: 'gateway-api/unknown-granted-object',
  title: 'ReferenceGrant opens an object that does not exist',
  severity: 'warning',
  category: 'reference',
  effect: 'This entry permits nothing.',
  why: 'An entry of "to" with a name opens that object alone. Where none in the namespace of the grant has the name, the reference that was meant stays refused.',
  remedy: 'Correct the name, or leave it out to open all objects of the kind.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: from-shop, namespace: payments }
spec:
  from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop }]
  to: [{ group: "", kind: Service, name: paymnet }]
---
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: v1
kind: Service
metadata: { name: payment, namespace: payments }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: from-shop, namespace: payments }
spec:
  from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop }]
  to: [{ group: "", kind: Service, name: payment }]
---
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: v1
kind: Service
metadata: { name: payment, namespace: payments }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['ReferenceGrant'],
  reads: { servicesNamed, servicesIn, secretsNamed, secretsIn, servicesInView },

  *check({ resource, read }) {
    const place = namespaceKey(resource.namespace);
    for (const entry of resource.root.list('spec.to.*')) {
      const node = entry.get('name');
      const name = node?.text();
      const kind = entry.text('kind');
      if (node === undefined || name === undefined || name === '' || entry.text('group') !== '') continue;
      if (kind !== 'Service' && kind !== 'Secret') continue;
      const key = `${place}/${name}`;
      if ((kind === 'Service' ? read.servicesNamed(key) : read.secretsNamed(key)).length > 0) continue;
      const here = kind === 'Service' ? read.servicesIn(place) : read.secretsIn(place);
      const near = nearest(
        name,
        here.map((it) => it.data.name),
      );
      yield {
        at: node,
        // Secrets are seldom committed.
        certainty: near !== undefined ? 'near' : kind === 'Service' && read.servicesInView(place) ? 'owned' : 'unseen',
        message: `No ${kind} "${displayName({ namespace: resource.namespace, name })}" exists${near === undefined ? ' in this workspace' : ` ("${near}" exists)`}.`,
        related: here.filter((it) => it.data.name === near).map((it) => ({ at: it, message: `${kind} "${near}" is defined here` })),
        ...(near !== undefined && { data: near }),
      };
    }
  },

  fix({ resource, problem, text }) {
    const node = resource.root.list('spec.to.*.name').find((it) => it.start === problem.at.start);
    const near = problem.data as string | undefined;
    // It opens something, so nobody applies it unseen.
    return node === undefined || near === undefined ? [] : [{ title: `Change to "${near}"`, edits: [replaceValue(text, node, near)] }];
  },
});
