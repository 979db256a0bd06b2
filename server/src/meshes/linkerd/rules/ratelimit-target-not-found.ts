import { displayName, namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { keyOf } from '../kinds/shared.js';
import { isKindAtHand, serversNamed } from '../lookups.js';
import { isOf, targetOf } from '../references.js';
import { changeFixes, lackOf } from '../suggestions.js';
import { POLICY_GROUP, serversIn } from '../tables.js';

export const ratelimitTargetNotFound = defineRule({
  id: 'linkerd/ratelimit-target-not-found',
  title: 'Rate limit of a Server that does not exist',
  severity: 'warning',
  category: 'reference',
  effect: 'It limits nothing.',
  why: 'A rate limit is about a Server of its own namespace. Where there is none of that name, its status says "NoMatchingTarget".',
  remedy: 'Correct the name, or put the rate limit into the namespace of the Server.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: HTTPLocalRateLimitPolicy
metadata: { name: cart, namespace: shop }
spec: { targetRef: { group: policy.linkerd.io, kind: Server, name: crat }, total: { requestsPerSecond: 100 } }
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
  reads: { serversNamed, serversIn, isKindAtHand },

  *check({ resource, read }) {
    const target = targetOf(resource);
    if (target === undefined || !isOf(target, POLICY_GROUP, 'Server') || read.serversNamed(keyOf(target)).length > 0) return;
    const { certainty, where, data } = lackOf(
      target.name,
      read.serversIn(namespaceKey(target.namespace)).map((it) => it.data.name),
      read.isKindAtHand(`${POLICY_GROUP}/Server`),
    );
    yield { at: target.nameNode, certainty, message: `No Server "${displayName(target)}" exists${where}.`, data };
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
