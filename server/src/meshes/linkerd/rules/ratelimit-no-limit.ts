import { defineRule } from '../../../rules/rule.js';
import { insertEntry } from '../../../yaml/edit.js';
import { keyRange } from '../../gateway-api/ranges.js';

export const ratelimitNoLimit = defineRule({
  id: 'linkerd/ratelimit-no-limit',
  title: 'Rate limit without any rate',
  severity: 'info',
  category: 'semantics',
  effect: 'It limits nothing.',
  why: 'A rate limit sets a rate for all clients together, for each client, or for some of them. With none of these it does nothing.',
  remedy: 'Set total, identity or overrides, or delete it.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: HTTPLocalRateLimitPolicy
metadata: { name: cart, namespace: shop }
spec: { targetRef: { group: policy.linkerd.io, kind: Server, name: cart } }
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec: { podSelector: {}, port: 8080, accessPolicy: audit }
---
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: policy.linkerd.io/v1alpha1
kind: HTTPLocalRateLimitPolicy
metadata: { name: cart, namespace: shop }
spec: { targetRef: { group: policy.linkerd.io, kind: Server, name: cart }, total: { requestsPerSecond: 100 } }
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec: { podSelector: {}, port: 8080, accessPolicy: audit }
---
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: ['HTTPLocalRateLimitPolicy'],
  reads: {},

  *check({ resource }) {
    const spec = resource.root.map('spec');
    if (spec === undefined || spec.partial || resource.partial) return;
    if (spec.has('total') || spec.has('identity') || spec.list('overrides.*').length > 0) return;
    yield { at: keyRange(resource.root, 'spec')!, message: 'This sets no rate: neither "total" nor "identity" nor "overrides".' };
  },

  fix({ resource, text }) {
    const spec = resource.root.map('spec');
    return spec
      ? [{ title: 'Set total to 100 requests per second', edits: [insertEntry(text, spec, 'total', 'requestsPerSecond: 100')] }]
      : [];
  },
});
