import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { keyOf, present } from '../fields.js';
import { REFUSED } from '../names.js';

export const intentionSourceConflict = defineRule({
  id: 'consul/intention-source-conflict',
  title: 'Source in two places at once, or described at length',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'A source is in a peer, in a partition or in a sameness group. A description has 512 characters at most.',
  remedy: 'Keep one place, and a shorter description.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: web }
  sources: [{ name: api, peer: east, samenessGroup: all, action: allow }]
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: web }
  sources: [{ name: api, peer: east, action: allow }]
`,
  },

  kinds: ['ServiceIntentions'],
  reads: {},

  *check({ resource }) {
    for (const source of resource.root.list('spec.sources.*')) {
      const places = present(source, ['peer', 'partition', 'samenessGroup']);
      if (places.length > 1) yield { at: keyOf(source, places[1]!), message: `A source takes one of ${quotedList(places)}.` };
      const description = source.text('description');
      if (description !== undefined && description.length > 512)
        yield { at: keyOf(source, 'description'), message: `This description has ${description.length} characters; 512 is the most.` };
    }
  },
});
