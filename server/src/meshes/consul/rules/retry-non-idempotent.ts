import { defineRule } from '../../../rules/rule.js';
import { keyOf, present } from '../fields.js';

export const retryNonIdempotent = defineRule({
  id: 'consul/retry-non-idempotent',
  title: 'Requests that change something are tried again',
  severity: 'warning',
  category: 'pitfall',
  effect: 'Some of them are carried out twice.',
  why: 'A request that failed on its way back was carried out all the same. Trying a POST or PATCH again orders, or pays, twice.',
  remedy: 'Give POST and PATCH a route of their own without retries, or retry only what never reached the service.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceRouter
metadata: { name: web, namespace: shop }
spec:
  routes:
  - match: { http: { pathPrefix: /orders, methods: [POST] } }
    destination: { service: web, numRetries: 2, requestTimeout: 3s, retryOn: [5xx] }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceRouter
metadata: { name: web, namespace: shop }
spec:
  routes:
  - match: { http: { pathPrefix: /orders, methods: [GET] } }
    destination: { service: web, numRetries: 2, requestTimeout: 3s, retryOn: [5xx] }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
`,
  },

  kinds: ['ServiceRouter'],
  reads: {},

  *check({ resource }) {
    for (const route of resource.root.list('spec.routes.*')) {
      const changing = route.list('match.http.methods.*').flatMap((it) => {
        const method = it.text()?.toUpperCase();
        return method === 'POST' || method === 'PATCH' ? [method] : [];
      });
      const destination = route.get('destination');
      if (changing.length === 0 || destination === undefined) continue;
      if ((destination.number('numRetries') ?? 0) > 0 || present(destination, ['retryOn', 'retryOnStatusCodes']).length > 0)
        yield {
          at: keyOf(route, 'destination'),
          message: `${[...new Set(changing)].join(' and ')} requests of this route are tried again.`,
        };
    }
  },
});
