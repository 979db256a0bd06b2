import { defineRule } from '../../../rules/rule.js';
import { ROUTE_KINDS } from '../target-refs.js';
import { headOf } from '../validation/values.js';

export const backendWeightsZero = defineRule({
  id: 'kuma/backend-weights-zero',
  title: 'Every backend of a rule has weight 0',
  severity: 'warning',
  category: 'semantics',
  effect: 'Its requests reach nobody.',
  why: 'The share of a backend is its weight among the weights of all. Where they are all 0, none gets anything.',
  remedy: 'Give a backend a weight above 0; without one it has 1.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: MeshTCPRoute
metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: MeshService, name: cart }
    rules: [{ default: { backendRefs: [{ kind: MeshService, name: cart, port: 80, weight: 0 }] } }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80, appProtocol: http }] }
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshTCPRoute
metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: MeshService, name: cart }
    rules: [{ default: { backendRefs: [{ kind: MeshService, name: cart, port: 80, weight: 1 }] } }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80, appProtocol: http }] }
`,
  },

  kinds: ROUTE_KINDS,
  reads: {},

  *check({ resource }) {
    if (resource.partial) return;
    for (const conf of resource.root.list('spec.to.*.rules.*.default')) {
      const list = conf.get('backendRefs');
      if (list?.type !== 'list' || list.partial || list.items.length === 0) continue;
      if (!list.items.every((it) => it.number('weight') === 0)) continue;
      yield {
        at: headOf(conf, 'backendRefs'),
        message: list.items.length === 1 ? 'The only backend of this rule has weight 0.' : 'Every backend of this rule has weight 0.',
      };
    }
  },
});
