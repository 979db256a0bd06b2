import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { keyOf } from '../kinds/shared.js';
import { isOf, targetOf } from '../references.js';
import { POLICY_GROUP, rateLimitsOn } from '../tables.js';

export const ratelimitDuplicate = defineRule({
  id: 'linkerd/ratelimit-duplicate',
  title: 'Two rate limits of one Server',
  severity: 'warning',
  category: 'semantics',
  effect: 'Only the older one holds.',
  why: 'A Server has one rate limit: the oldest, and of equally old ones the first by name. The others get the status "RateLimitReasonAlreadyExists".',
  remedy: 'Put the limits into one of them.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: HTTPLocalRateLimitPolicy
metadata: { name: cart, namespace: shop }
spec: { targetRef: { group: policy.linkerd.io, kind: Server, name: cart }, total: { requestsPerSecond: 100 } }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: HTTPLocalRateLimitPolicy
metadata: { name: cart-clients, namespace: shop }
spec: { targetRef: { group: policy.linkerd.io, kind: Server, name: cart }, identity: { requestsPerSecond: 10 } }
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
spec:
  targetRef: { group: policy.linkerd.io, kind: Server, name: cart }
  total: { requestsPerSecond: 100 }
  identity: { requestsPerSecond: 10 }
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
  reads: { rateLimitsOn },

  *check({ resource, read }) {
    const target = targetOf(resource);
    if (target === undefined || !isOf(target, POLICY_GROUP, 'Server')) return;
    const first = [...read.rateLimitsOn(keyOf(target))].sort((a, b) => (a.data.name < b.data.name ? -1 : 1))[0];
    if (first === undefined || first.data.name >= resource.name) return;
    yield {
      at: target.nameNode,
      message: `"${displayName(first.data)}" limits Server "${target.name}" already.`,
      related: [{ at: first, message: `"${first.data.name}" is defined here` }],
    };
  },
});
