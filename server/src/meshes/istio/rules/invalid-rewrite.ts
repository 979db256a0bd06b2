import { defineRule } from '../../../rules/rule.js';
import { repairs, type Repair } from '../validation/repairs.js';
import { isSet, isSurelySet, isWhole, lacks, lacksText, placeOfLack } from '../validation/values.js';

export const invalidRewrite = defineRule({
  id: 'istio/invalid-rewrite',
  title: 'Rewrite that changes nothing, or one thing twice',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: '"uri" and "uriRegexRewrite" are two ways to write the path, and the second needs a pattern and what takes its place.',
  remedy: 'Set "uri", or "uriRegexRewrite" with "match" and "rewrite", or "authority".',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - rewrite: { uriRegexRewrite: { match: ^/v1/ } }
    route:
    - destination: { host: cart }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - rewrite: { uriRegexRewrite: { match: ^/v1/, rewrite: / } }
    route:
    - destination: { host: cart }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  mentions: ['rewrite'],
  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    for (const rewrite of root.list('spec.http.*.rewrite')) {
      if (rewrite.type !== 'map') continue;
      const regex = rewrite.entry('uriRegexRewrite');
      const hasRegex = isSet(rewrite, 'uriRegexRewrite');
      if (hasRegex && isSurelySet(rewrite, 'uri'))
        yield {
          at: regex!.keyRange,
          message: 'A rewrite has "uri" or "uriRegexRewrite", not both.',
          data: [{ remove: 'uriRegexRewrite' }, { removeBeside: 'uri', of: 'uriRegexRewrite' }] satisfies readonly Repair[],
        };
      const isNothing =
        isWhole(resource) && lacks(resource, rewrite, 'uriRegexRewrite') && !isSet(rewrite, 'uri') && !isSet(rewrite, 'authority');
      if (isNothing) yield { at: placeOfLack(root, rewrite), message: 'This rewrite changes nothing.', data: { remove: 'rewrite' } };
      const missing = hasRegex ? ['match', 'rewrite'].filter((it) => lacksText(resource, regex!.value, it)) : [];
      if (missing.length > 0)
        yield { at: regex!.keyRange, message: `"uriRegexRewrite" needs ${missing.map((it) => `"${it}"`).join(' and ')}.` };
    }
  },

  fix: repairs,
});
