import { displayName, namespaceKey, type ResourceId } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { shortPath } from '../../../text/uri.js';
import { isMeshInUse } from '../../kubernetes/lookups.js';
import { configMaps, secrets, services } from '../../kubernetes/tables.js';
import { isPermitted } from '../grants.js';
import { keyOf } from '../kinds/shared.js';
import { grantsFor, isGatewayOfAnother } from '../lookups.js';
import { mayBeIstios } from '../peers.js';
import { authorityRefsOf, backendRefsOf, certificateRefsOf, isService, parentRefsOf, ROUTE_KINDS, type ObjectRef } from '../references.js';

export const missingReferenceGrant = defineRule({
  id: 'gateway-api/missing-reference-grant',
  title: 'Nothing permits the use of an object in another namespace',
  severity: 'error',
  category: 'policy',
  peers: ['KIA1402'],
  effect: 'Requests get 500.',
  why: 'A Service or Secret is used from another namespace only where a ReferenceGrant beside it says so. Without one a backend is answered with 500, and a listener with such a certificate does not work.',
  remedy: 'Create a ReferenceGrant in the namespace of the object, or move one of the two.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: storefront, namespace: shop }
spec:
  rules:
  - backendRefs: [{ name: payment, namespace: payments, port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: payment, namespace: payments }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: storefront, namespace: shop }
spec:
  rules:
  - backendRefs: [{ name: payment, namespace: payments, port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: payment, namespace: payments }
spec: { ports: [{ name: http, port: 80 }] }
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: from-shop, namespace: payments }
spec:
  from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop }]
  to: [{ group: "", kind: Service }]
`,
  },

  kinds: [...ROUTE_KINDS, 'Gateway', 'ListenerSet', 'XListenerSet'],
  reads: { grantsFor, isGatewayOfAnother, isMeshInUse, services, secrets, configMaps },

  *check({ resource, read }) {
    const { kind, namespace: from } = resource;
    if (from === undefined) return;
    const isRoute = kind.endsWith('Route');
    const parents = parentRefsOf(resource);
    // Linkerd asks for no grants where it carries the route out itself.
    if (isRoute && parents.length > 0 && parents.every((it) => it.kind === 'Service') && read.isMeshInUse('linkerd')) return;
    const refs: readonly (ObjectRef & { readonly inFilter?: boolean })[] = isRoute
      ? backendRefsOf(resource)
      : [...certificateRefsOf(resource), ...authorityRefsOf(resource)];
    for (const ref of refs) {
      const at = ref.node.get('namespace');
      if (at === undefined || ref.namespace === undefined || ref.namespace === from) continue;
      const [target] = isService(ref)
        ? read.services(keyOf(ref))
        : ref.kind === 'Secret'
          ? read.secrets(keyOf(ref))
          : ref.kind === 'ConfigMap'
            ? read.configMaps(keyOf(ref))
            : [];
      if (isService(ref) && !target) continue; // gateway-api/unknown-backend
      if (isPermitted(read.grantsFor(namespaceKey(ref.namespace)), resource, ref)) continue;
      yield {
        at,
        certainty: target ? 'owned' : 'unseen',
        peers:
          isService(ref) && !ref.inFilter && ['HTTPRoute', 'GRPCRoute'].includes(kind) && mayBeIstios(parents, read) ? ['KIA1402'] : [],
        message: `No ReferenceGrant in "${ref.namespace}" lets ${kind}s of "${from}" use ${ref.kind} "${ref.name}".`,
        effect: !isRoute
          ? 'This listener does not work.'
          : ref.inFilter
            ? 'This filter reaches nothing.'
            : ['HTTPRoute', 'GRPCRoute'].includes(kind)
              ? 'Requests get 500.'
              : 'Connections are refused.',
        ...(target && {
          related: [{ at: target, message: `${ref.kind} "${displayName(ref)}" is defined here` }],
          data: { target: target.resource, group: ref.group, kind: ref.kind, name: ref.name, namespace: ref.namespace },
        }),
      };
    }
  },

  fix({ resource, problem, other }) {
    const data = problem.data as { target: ResourceId; group: string; kind: string; name: string; namespace: string } | undefined;
    const place = data && other(data.target);
    if (data === undefined || place === undefined || resource.namespace === undefined) return [];
    const appendDocument = `apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata:
  name: from-${resource.namespace}
  namespace: ${data.namespace}
spec:
  from:
  - group: ${resource.group}
    kind: ${resource.kind}
    namespace: ${resource.namespace}
  to:
  - group: ${data.group === '' ? '""' : data.group}
    kind: ${data.kind}
    name: ${data.name}
`;
    return [
      {
        title: `Create ReferenceGrant "from-${resource.namespace}" (${shortPath(place.file)})`,
        edits: [{ resource: data.target, appendDocument }],
      },
    ];
  },
});
