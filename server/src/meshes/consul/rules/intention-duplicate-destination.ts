import { displayName } from '../../../model/resource.js';
import { resourcesOfFile } from '../../../index/files.js';
import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { earlierOne } from '../lookups.js';
import { REFUSED } from '../names.js';
import { isMirrored } from '../settings.js';
import { intentionsOf } from '../tables.js';

export const intentionDuplicateDestination = defineRule({
  id: 'consul/intention-duplicate-destination',
  title: 'Two intentions for one service',
  severity: 'error',
  category: 'semantics',
  effect: REFUSED,
  why: 'Consul has one entry of intentions for a service, whatever the resource is called. The webhook refuses a second resource for it.',
  remedy: 'Merge the sources into one resource.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: web }
  sources: [{ name: api, action: allow }]
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web-more, namespace: shop }
spec:
  destination: { name: web }
  sources: [{ name: cart, action: allow }]
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: web }
  sources: [{ name: api, action: allow }, { name: cart, action: allow }]
`,
  },

  kinds: ['ServiceIntentions'],
  reads: { intentionsOf, isMirrored, resourcesOfFile },

  *check({ resource, read }) {
    const node = resource.root.get('spec.destination.name');
    const name = node?.text();
    if (node === undefined || name === undefined || name === '') return;
    const namespace = resource.root.text('spec.destination.namespace') ?? '';
    const found = read.intentionsOf(name).filter((it) => !read.isMirrored() || it.data.destinationNamespace === namespace);
    const first = earlierOne(found, resource.id, read.resourcesOfFile);
    if (first === undefined) return;
    yield {
      at: node,
      certainty: 'owned',
      message: `ServiceIntentions "${displayName(first.data)}" is for "${shown(name)}" already.`,
      related: [{ at: first, message: 'the other intention is for it here' }],
    };
  },
});
