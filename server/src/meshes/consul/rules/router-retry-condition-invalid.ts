import { defineRule } from '../../../rules/rule.js';
import { changeToNear, unknownValue } from '../fields.js';
import { NOT_SYNCED } from '../names.js';
import { RETRY_CONDITIONS } from '../routing.js';

export const routerRetryConditionInvalid = defineRule({
  id: 'consul/router-retry-condition-invalid',
  title: 'Condition for retries that does not exist',
  severity: 'error',
  category: 'semantics',
  effect: NOT_SYNCED,
  why: 'The servers know the conditions of Envoy by their names.',
  remedy: 'Use conditions such as connect-failure, reset, 5xx or gateway-error.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceRouter
metadata: { name: web, namespace: shop }
spec:
  routes:
  - match: { http: { pathPrefix: / } }
    destination: { service: web, numRetries: 2, requestTimeout: 2s, retryOn: [connection-failure] }
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
  - match: { http: { pathPrefix: / } }
    destination: { service: web, numRetries: 2, requestTimeout: 2s, retryOn: [connect-failure] }
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
    for (const node of resource.root.list('spec.routes.*.destination.retryOn.*'))
      yield* unknownValue(node, RETRY_CONDITIONS, 'condition for retries');
  },

  fix: changeToNear,
});
