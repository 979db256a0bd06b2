import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import type { YamlNode } from '../../../yaml/node.js';
import { NOT_SYNCED } from '../names.js';

export const intentionDuplicateSource = defineRule({
  id: 'consul/intention-duplicate-source',
  title: 'Source that is listed twice',
  severity: 'error',
  category: 'semantics',
  effect: NOT_SYNCED,
  why: 'An intention has each source once; the servers refuse two answers for one caller.',
  remedy: 'Merge the two.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: web }
  sources: [{ name: api, action: allow }, { name: api, action: deny }]
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: web }
  sources: [{ name: api, action: allow }, { name: '*', action: deny }]
`,
  },

  kinds: ['ServiceIntentions'],
  reads: {},

  *check({ resource }) {
    const first = new Map<string, YamlNode>();
    for (const source of resource.root.list('spec.sources.*')) {
      const fields = ['name', 'namespace', 'partition', 'peer', 'samenessGroup'].map((field) =>
        source.has(field) ? source.text(field) : '',
      );
      if (fields.includes(undefined) || fields[0] === '') continue;
      const key = fields.join('/');
      const earlier = first.get(key);
      if (earlier)
        yield {
          at: source.get('name')!,
          message: `Source "${shown(fields[0]!)}" is listed above.`,
          related: [{ at: earlier.get('name')!, message: 'it is listed here first' }],
        };
      else first.set(key, source);
    }
  },
});
