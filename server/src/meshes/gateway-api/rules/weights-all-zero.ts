import { replaceValue } from '../../../yaml/edit.js';
import { defineRule } from '../../../rules/rule.js';
import { keyRange } from '../ranges.js';
import { ROUTE_KINDS } from '../references.js';

export const weightsAllZero = defineRule({
  id: 'gateway-api/weights-all-zero',
  title: 'Every backend of a rule has weight 0',
  severity: 'warning',
  category: 'semantics',
  effect: 'Its requests get 500.',
  why: 'A backend with weight 0 gets nothing. Where all have it, nothing is left to answer.',
  remedy: 'Give a backend a weight above 0.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  rules:
  - backendRefs: [{ name: cart, port: 80, weight: 0 }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  rules:
  - backendRefs: [{ name: cart, port: 80, weight: 1 }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: [...ROUTE_KINDS],
  reads: {},

  *check({ resource }) {
    if (resource.partial) return;
    for (const rule of resource.root.list('spec.rules.*')) {
      const backends = rule.list('backendRefs.*');
      const list = rule.get('backendRefs');
      if (backends.length === 0 || (list?.type === 'list' && list.partial)) continue;
      if (!backends.every((it) => it.number('weight') === 0)) continue;
      yield {
        at: keyRange(rule, 'backendRefs') ?? rule,
        message: backends.length === 1 ? 'The only backend of this rule has weight 0.' : 'Every backend of this rule has weight 0.',
      };
    }
  },

  fix({ resource, problem, text }) {
    const rule = resource.root.list('spec.rules.*').find((it) => it.start <= problem.at.start && problem.at.end <= it.end);
    const edits = (rule?.list('backendRefs.*.weight') ?? []).map((it) => replaceValue(text, it, 1));
    return edits.length === 0 ? [] : [{ title: edits.length === 1 ? 'Set weight to 1' : 'Give every backend weight 1', edits }];
  },
});
