import { displayName, namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { quotedList } from '../../../text/words.js';
import { insertEntry, replaceValue } from '../../../yaml/edit.js';
import { isMeshInUse, servicesNamed } from '../../kubernetes/lookups.js';
import { servicesByName, servicesIn } from '../../kubernetes/tables.js';
import { isPermitted } from '../grants.js';
import { keyOf } from '../kinds/shared.js';
import { controllerOfClass, gatewaysNamed, grantsFor, isGatewayOfAnother, servicesInView } from '../lookups.js';
import { mayBeIstios } from '../peers.js';
import { backendRefsOf, isService, parentRefsOf, ROUTE_KINDS } from '../references.js';

export const unknownBackend = defineRule({
  id: 'gateway-api/unknown-backend',
  title: 'Route sends requests to a Service that does not exist',
  severity: 'error',
  category: 'reference',
  peers: ['KIA1402'],
  effect: 'Its requests get 500.',
  why: 'A backend that names no Service has no endpoints. Its share of the requests is answered with 500, and connections of TCP and TLS routes are refused.',
  remedy: 'Correct the name. A Service in another namespace needs "namespace", and a ReferenceGrant there.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: storefront, namespace: shop }
spec:
  rules:
  - backendRefs: [{ name: strefront, port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: storefront, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: storefront, namespace: shop }
spec:
  rules:
  - backendRefs: [{ name: storefront, port: 80 }]
---
apiVersion: v1
kind: Service
metadata: { name: storefront, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: [...ROUTE_KINDS],
  reads: {
    grantsFor,
    gatewaysNamed,
    controllerOfClass,
    isGatewayOfAnother,
    isMeshInUse,
    servicesNamed,
    servicesByName,
    servicesIn,
    servicesInView,
  },

  *check({ resource, read }) {
    const isForConsul = parentRefsOf(resource).some((parent) =>
      read
        .gatewaysNamed(keyOf(parent))
        .some((it) => read.controllerOfClass(it.data.className ?? '') === 'consul.hashicorp.com/gateway-controller'),
    );
    const isKialis = ['HTTPRoute', 'GRPCRoute'].includes(resource.kind) && mayBeIstios(parentRefsOf(resource), read);
    for (const ref of backendRefsOf(resource)) {
      if (!isService(ref) || read.servicesNamed(keyOf(ref)).length > 0) continue;
      const place = namespaceKey(ref.namespace);
      const inPlace = read.servicesIn(place);
      // Other meshes write hosts where a Service's name belongs.
      const short = ref.name.includes('.') ? ref.name.slice(0, ref.name.indexOf('.')) : undefined;
      const isNumbered = inPlace.some((it) => it.data.name !== ref.name && withoutDigits(it.data.name) === withoutDigits(ref.name));
      const near = inPlace.some((it) => it.data.name === short)
        ? short
        : isNumbered
          ? undefined
          : nearest(
              ref.name,
              inPlace.map((it) => it.data.name),
            );
      const found = near === undefined ? read.servicesByName(ref.name) : inPlace.filter((it) => it.data.name === near);
      const names = [...new Set(found.map((it) => displayName(it.data)))].sort();
      yield {
        at: ref.nameNode,
        certainty: names.length > 0 ? 'near' : !isNumbered && read.servicesInView(place) ? 'owned' : 'unseen',
        peers: ref.inFilter ? [] : [...(isKialis ? ['KIA1402'] : []), ...(isForConsul ? [CONSULS_OWN] : [])],
        message: `No Service "${displayName(ref)}" exists${names.length === 0 ? ' in this workspace' : ` (${quotedList(names)} ${names.length === 1 ? 'exists' : 'exist'})`}.`,
        effect: ref.inFilter
          ? 'This filter reaches nothing.'
          : ['HTTPRoute', 'GRPCRoute'].includes(resource.kind)
            ? 'Its requests get 500.'
            : 'Its connections are refused.',
        related: found.map((it) => ({ at: it, message: `Service "${displayName(it.data)}" is defined here` })),
        data: [...new Map(found.map((it) => [displayName(it.data), { name: it.data.name, namespace: it.data.namespace }])).values()].slice(
          0,
          3,
        ),
      };
    }
  },

  fix({ resource, problem, read, text }) {
    const ref = backendRefsOf(resource).find((it) => it.nameNode.start === problem.at.start);
    const candidates = problem.data as readonly { name: string; namespace?: string }[];
    if (ref === undefined || ref.node.type !== 'map') return [];
    const { node, nameNode } = ref;
    const usable = candidates.filter(
      ({ name, namespace }) =>
        namespace === undefined ||
        namespace === ref.namespace ||
        isPermitted(read.grantsFor(namespace), resource, { group: '', kind: 'Service', name }),
    );
    return usable.map(({ name, namespace }) => {
      const written = node.get('namespace');
      const moves = namespace !== undefined && namespace !== ref.namespace;
      return {
        title: `Change to "${displayName({ name, namespace: moves ? namespace : undefined })}"`,
        preferred: usable.length === 1 && !moves,
        edits: [
          ...(name === ref.name ? [] : [replaceValue(text, nameNode, name)]),
          ...(moves ? [written ? replaceValue(text, written, namespace) : insertEntry(text, node, 'namespace', namespace, 'name')] : []),
        ],
      };
    });
  },
});

/** What checks of Consul call a backend that is missing. */
const CONSULS_OWN = 'consul/gateway-route-without-service';

/** `cart3` beside `cart` is another version of it, which people deploy beside it, and no slip of the pen. */
function withoutDigits(name: string): string {
  return name.replace(/-?v?\d+/g, '');
}
