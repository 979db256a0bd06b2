import { defineRule } from '../../../rules/rule.js';
import { insertEntry } from '../../../yaml/edit.js';
import { ALL_ROUTES, parentsOf } from '../references.js';

export const egressRoutePortRequired = defineRule({
  id: 'linkerd/egress-route-port-required',
  title: 'Route attached to an EgressNetwork without a port',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'An EgressNetwork has no ports of its own, so a route has to say which one it is about.',
  remedy: 'Write the port that clients call.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: api, namespace: shop }
spec:
  parentRefs: [{ group: policy.linkerd.io, kind: EgressNetwork, name: internet }]
  rules: [{ backendRefs: [{ group: policy.linkerd.io, kind: EgressNetwork, name: internet }] }]
---
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata: { name: internet, namespace: shop }
spec: { trafficPolicy: Allow }
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: api, namespace: shop }
spec:
  parentRefs: [{ group: policy.linkerd.io, kind: EgressNetwork, name: internet, port: 80 }]
  rules: [{ backendRefs: [{ group: policy.linkerd.io, kind: EgressNetwork, name: internet }] }]
---
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata: { name: internet, namespace: shop }
spec: { trafficPolicy: Allow }
`,
  },

  kinds: ALL_ROUTES,
  reads: {},

  *check({ resource }) {
    for (const { sort, node, nameNode, name } of parentsOf(resource))
      if (sort === 'EgressNetwork' && !node.has('port') && !(node.type === 'map' && node.partial))
        yield { at: nameNode, message: `EgressNetwork "${name}" as parent needs a port.` };
  },

  fix({ resource, problem, text }) {
    const ref = parentsOf(resource).find((it) => it.nameNode.start === problem.at.start);
    if (ref?.node.type !== 'map') return [];
    const { node } = ref;
    const port = resource.kind === 'TLSRoute' ? 443 : 80;
    return [{ title: `Set port: ${port}`, edits: [insertEntry(text, node, 'port', String(port))] }];
  },
});
