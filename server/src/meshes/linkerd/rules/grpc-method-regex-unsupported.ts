import { defineRule } from '../../../rules/rule.js';
import { isMeshInUse } from '../../kubernetes/lookups.js';
import { GRPC_ROUTE, linkerdParents } from '../references.js';

export const grpcMethodRegexUnsupported = defineRule({
  id: 'linkerd/grpc-method-regex-unsupported',
  title: 'GRPCRoute that matches methods by a regular expression',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'Linkerd compares services and methods of gRPC as they are written. Its webhook refuses expressions in every GRPCRoute of the cluster, those of other controllers too. Expressions for headers are fine.',
  remedy: 'Write a match for each method, or one for the whole service.',
  example: {
    settings: { mesh: 'linkerd' },
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: cart, port: 80 }]
  rules: [{ matches: [{ method: { type: RegularExpression, service: "shop.Cart", method: "Get.*" } }] }]
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: cart, port: 80 }]
  rules: [{ matches: [{ method: { service: "shop.Cart" } }] }]
`,
  },

  kinds: [GRPC_ROUTE],
  reads: { isMeshInUse },

  *check({ resource, read }) {
    const nodes = resource.root.list('spec.rules.*.matches.*.method.type').filter((it) => it.text() === 'RegularExpression');
    if (nodes.length === 0 || linkerdParents(resource, () => read.isMeshInUse('linkerd')).length === 0) return;
    for (const at of nodes) yield { at, message: 'Linkerd matches methods of gRPC as they are written, not by expressions.' };
  },
});
