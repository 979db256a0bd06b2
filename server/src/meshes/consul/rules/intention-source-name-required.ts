import { defineRule } from '../../../rules/rule.js';
import { lacks, placeOf } from '../fields.js';
import { REFUSED } from '../names.js';

export const intentionSourceNameRequired = defineRule({
  id: 'consul/intention-source-name-required',
  title: 'Source of an intention without a name',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'A source is the name of a service, or "*" for every one.',
  remedy: 'Name the service that calls.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: web }
  sources: [{ action: allow }]
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: web }
  sources: [{ name: api, action: allow }]
`,
  },

  kinds: ['ServiceIntentions'],
  reads: {},

  *check({ resource }) {
    for (const source of resource.root.list('spec.sources.*'))
      if (source.type === 'map' && lacks(resource, source, 'name'))
        yield { at: source.get('name')?.text() === '' ? source.get('name')! : placeOf(source), message: 'This source has no name.' };
  },
});
