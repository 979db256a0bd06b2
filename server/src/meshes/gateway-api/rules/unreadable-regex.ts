import { regexProblem } from '../../../rules/regexes.js';
import { defineRule } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { keyOf } from '../kinds/shared.js';
import { gatewaysNamed } from '../lookups.js';
import { isService, parentRefsOf } from '../references.js';

export const unreadableRegex = defineRule({
  id: 'gateway-api/unreadable-regex',
  title: 'Regular expression of a route that its proxy cannot read',
  severity: 'error',
  category: 'semantics',
  effect: 'The proxy refuses the route.',
  why: 'Which dialect a route is written in depends on what serves it. Envoy, and with it every mesh, reads RE2, which has no look-around, no backreferences and no possessive quantifiers; a route that asks for them is refused, in some implementations with all others of its Gateway.',
  remedy: 'Write it in the syntax of RE2, or as a prefix or exact match.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: storefront, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: storefront }]
  rules:
  - matches: [{ path: { type: RegularExpression, value: "/(?!admin).*" } }]
    filters: [{ type: RequestRedirect, requestRedirect: { hostname: www.example.com } }]
---
apiVersion: v1
kind: Service
metadata: { name: storefront, namespace: shop }
spec:
  ports: [{ port: 80 }]
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: storefront, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: storefront }]
  rules:
  - matches: [{ path: { type: RegularExpression, value: "/[^a].*" } }]
    filters: [{ type: RequestRedirect, requestRedirect: { hostname: www.example.com } }]
---
apiVersion: v1
kind: Service
metadata: { name: storefront, namespace: shop }
spec:
  ports: [{ port: 80 }]
`,
  },

  kinds: ['HTTPRoute', 'GRPCRoute'],
  reads: { gatewaysNamed },

  *check({ resource, read }) {
    const patterns = [...patternsOf(resource.root)].flatMap((it) => regexProblem(it) ?? []);
    if (patterns.length === 0) return;
    const parents = parentRefsOf(resource);
    const classes = parents.flatMap((it) => read.gatewaysNamed(keyOf(it)).map(({ data }) => data.className ?? ''));
    if (classes.some((it) => OTHER_DIALECTS.test(it))) return;
    // Of a Gateway that is not at hand nobody knows the proxy.
    const isEnvoy = parents.some(isService) || classes.some((it) => ENVOYS.test(it));
    for (const problem of patterns) yield { ...problem, ...(!isEnvoy && { severity: 'warning' as const }) };
  },
});

/** Classes of implementations that read regular expressions in another way. */
const OTHER_DIALECTS = /nginx|kong|apisix|haproxy|traefik/i;
/** Those that run Envoy. */
const ENVOYS = /istio|cilium|consul|contour|^eg$|envoy|^gke-|higress|kgateway|kuma|openshift/i;

function* patternsOf(root: YamlNode): Generator<YamlNode> {
  for (const match of root.list('spec.rules.*.matches.*')) {
    for (const part of [...match.list('path'), ...match.list('headers.*'), ...match.list('queryParams.*')])
      if (part.text('type') === 'RegularExpression') yield* part.list('value');
    if (match.text('method.type') === 'RegularExpression') yield* [...match.list('method.service'), ...match.list('method.method')];
  }
}
