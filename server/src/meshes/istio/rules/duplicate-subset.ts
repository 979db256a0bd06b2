import { repairs } from '../validation/repairs.js';
import { defineRule } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { quoted, writtenText } from '../validation/values.js';

export const duplicateSubset = defineRule({
  id: 'istio/duplicate-subset',
  title: 'Two subsets of the same name',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Routes name subsets, so each name is one set of pods.',
  remedy: 'Rename one of them, or delete it.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: www, namespace: shop }
spec:
  host: www.example.com
  subsets:
  - name: v1
    labels: { version: v1 }
  - name: v1
    labels: { version: v2 }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: www, namespace: shop }
spec:
  host: www.example.com
  subsets:
  - name: v1
    labels: { version: v1 }
  - name: v2
    labels: { version: v2 }
`,
  },

  kinds: ['DestinationRule'],
  reads: {},

  *check({ resource }) {
    const seen = new Map<string, YamlNode>();
    for (const at of resource.root.list('spec.subsets.*.name')) {
      const name = writtenText(at);
      if (name === undefined) continue;
      const first = seen.get(name);
      if (first)
        yield {
          at,
          message: `There are two subsets ${quoted(name)}.`,
          related: [{ at: first, message: 'the first one is here' }],
          data: { removeItemOf: 'spec.subsets', title: 'Delete this subset' },
        };
      else seen.set(name, at);
    }
  },

  fix: repairs,
});
