import { displayName, namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { virtualServicesNamed } from '../lookups.js';
import { virtualServicesByName, virtualServicesIn } from '../tables.js';
import { quotedList } from '../words.js';

export const unknownDelegate = defineRule({
  id: 'istio/unknown-delegate',
  title: 'Route delegates to a VirtualService that does not exist',
  severity: 'error',
  category: 'reference',
  effect: 'This route is dropped, and its requests get 404.',
  why: 'A route with "delegate" takes all it does from the VirtualService it names. Istio leaves the route out where that one is missing.',
  remedy: 'Correct name and namespace. Without a namespace the delegate is looked for beside this VirtualService.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: storefront, namespace: shop }
spec:
  hosts: [storefront]
  http:
  - delegate: { name: catalog }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: storefront, namespace: shop }
spec:
  hosts: [storefront]
  http:
  - delegate: { name: catalog }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: catalog, namespace: shop }
spec:
  http:
  - redirect: { authority: www.example.com }
`,
  },

  mentions: ['delegate'],
  kinds: ['VirtualService'],
  reads: { virtualServicesNamed, virtualServicesIn, virtualServicesByName },

  *check({ resource, read }) {
    for (const delegate of resource.root.list('spec.http.*.delegate')) {
      const at = delegate.get('name');
      const name = at?.text();
      const place = delegate.get('namespace');
      if (at === undefined || name === undefined || name === '' || (place !== undefined && place.text() === undefined)) continue;
      const namespace = place?.text() || resource.namespace;
      if (read.virtualServicesNamed(`${namespaceKey(namespace)}/${name}`).length > 0) continue;
      const here = read.virtualServicesIn(namespaceKey(namespace));
      const near = nearest(
        name,
        here.map((it) => it.data.name),
      );
      const elsewhere = near === undefined ? read.virtualServicesByName(name) : here.filter((it) => it.data.name === near);
      const names = [...new Set(elsewhere.map((it) => displayName(it.data)))].sort();
      const owned = namespace !== undefined && here.some((it) => it.resource !== resource.id);
      yield {
        at,
        certainty: names.length > 0 ? 'near' : owned ? 'owned' : 'unseen',
        message: `No VirtualService "${displayName({ namespace, name })}" exists${names.length === 0 ? ' in this workspace' : ` (${quotedList(names)} ${names.length === 1 ? 'exists' : 'exist'})`}.`,
        related: elsewhere.map((it) => ({ at: it, message: `VirtualService "${displayName(it.data)}" is defined here` })),
        data: near,
      };
    }
  },

  fix({ resource, problem, text }) {
    const near = problem.data as string | undefined;
    const node = resource.root.list('spec.http.*.delegate.name').find((it) => it.start === problem.at.start);
    if (near === undefined || node === undefined) return [];
    return [{ title: `Change to "${near}"`, preferred: true, edits: [replaceValue(text, node, near)] }];
  },
});
