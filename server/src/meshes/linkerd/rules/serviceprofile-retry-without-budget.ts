import { defineRule } from '../../../rules/rule.js';
import { insertEntry } from '../../../yaml/edit.js';

export const serviceprofileRetryWithoutBudget = defineRule({
  id: 'linkerd/serviceprofile-retry-without-budget',
  title: 'ServiceProfile that retries without a budget of its own',
  severity: 'info',
  category: 'pitfall',
  effect: 'The default budget holds: a fifth more requests, and 10 more each second.',
  why: 'A budget limits how many requests retries may add. Without one the default holds, which allows ten more requests each second even to a service that hardly gets any; when it fails, that may be more than its usual load.',
  remedy: 'Write the budget that fits the load of the service.',
  example: {
    bad: `
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: cart.shop.svc.cluster.local, namespace: shop }
spec: { routes: [{ name: items, condition: { pathRegex: /items, method: GET }, isRetryable: true }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: cart.shop.svc.cluster.local, namespace: shop }
spec:
  routes: [{ name: items, condition: { pathRegex: /items, method: GET }, isRetryable: true }]
  retryBudget: { retryRatio: 0.2, minRetriesPerSecond: 1, ttl: 10s }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['ServiceProfile'],
  reads: {},

  *check({ resource }) {
    const spec = resource.root.map('spec');
    if (spec === undefined || spec.partial || resource.partial || spec.has('retryBudget')) return;
    const retried = spec.list('routes.*.isRetryable').find((it) => it.boolean() === true);
    if (retried) yield { at: retried, message: 'Requests of this route are tried again, and the profile has no retryBudget.' };
  },

  fix({ resource, text }) {
    const spec = resource.root.map('spec');
    if (spec === undefined) return [];
    const budget = 'retryRatio: 0.2\nminRetriesPerSecond: 10\nttl: 10s';
    return [{ title: 'Write out the default budget', preferred: true, edits: [insertEntry(text, spec, 'retryBudget', budget)] }];
  },
});
