import { namespaceKey, UNKNOWN_NAMESPACE } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { changeFixes } from '../suggestions.js';
import { routesOn } from '../tables.js';

export const egressDenyWithoutRoute = defineRule({
  id: 'linkerd/egress-deny-without-route',
  title: 'EgressNetwork that denies everything',
  severity: 'info',
  category: 'policy',
  effect: 'Nothing that it captures leaves the cluster.',
  why: 'With trafficPolicy: Deny only traffic that a route allows leaves the cluster. Without any route pods reach none of the addresses: no registry, no payment provider, no mail.',
  remedy: 'Attach a route for each host that pods have to reach, or begin with trafficPolicy: Allow.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata: { name: internet, namespace: shop }
spec: { trafficPolicy: Deny }
`,
    good: `
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata: { name: internet, namespace: shop }
spec: { trafficPolicy: Allow }
`,
  },

  kinds: ['EgressNetwork'],
  reads: { routesOn },

  *check({ resource, read }) {
    const at = resource.root.get('spec.trafficPolicy');
    if (at?.text() !== 'Deny' || resource.name === '') return;
    const places = new Set([namespaceKey(resource.namespace), UNKNOWN_NAMESPACE]);
    if ([...places].some((place) => read.routesOn(`EgressNetwork/${place}/${resource.name}`).length > 0)) return;
    yield {
      at,
      message: `No route in this workspace is attached to EgressNetwork "${resource.name}".`,
      data: { values: ['Allow'], isCertain: false },
    };
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
