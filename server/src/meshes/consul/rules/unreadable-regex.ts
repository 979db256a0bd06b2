import { regexProblem } from '../../../rules/regexes.js';
import { defineRule } from '../../../rules/rule.js';

export const unreadableRegex = defineRule({
  id: 'consul/unreadable-regex',
  title: 'Regular expression that Envoy cannot read',
  severity: 'error',
  category: 'semantics',
  effect: 'Envoy refuses the configuration that holds it.',
  why: 'Consul hands regular expressions to Envoy as they are. Envoy reads RE2, which has no look-around, no backreferences and no possessive quantifiers; it refuses a listener or route with one that it cannot read, and keeps what it had.',
  remedy: 'Write it in the syntax of RE2, or as a prefix or exact match.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceRouter
metadata: { name: storefront, namespace: shop }
spec:
  routes:
  - match: { http: { pathRegex: "/(?!admin).*" } }
    destination: { service: storefront }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: storefront, namespace: shop }
spec: { protocol: http }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceRouter
metadata: { name: storefront, namespace: shop }
spec:
  routes:
  - match: { http: { pathRegex: "/[^a].*" } }
    destination: { service: storefront }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: storefront, namespace: shop }
spec: { protocol: http }
`,
  },

  kinds: ['ServiceRouter', 'ServiceIntentions', 'ServiceDefaults'],
  reads: {},

  *check({ resource }) {
    for (const path of PATTERNS) for (const node of resource.root.list(path)) yield* [regexProblem(node) ?? []].flat();
  },
});

const PATTERNS = [
  'spec.routes.*.match.http.pathRegex',
  'spec.routes.*.match.http.header.*.regex',
  'spec.routes.*.match.http.queryParam.*.regex',
  'spec.sources.*.permissions.*.http.pathRegex',
  'spec.sources.*.permissions.*.http.header.*.regex',
  'spec.rateLimits.instanceLevel.routes.*.pathRegex',
];
