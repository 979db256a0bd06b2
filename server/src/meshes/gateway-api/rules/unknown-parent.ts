import { world } from '../../../index/settings.js';
import { displayName, namespaceKey, UNKNOWN_NAMESPACE } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { quotedList } from '../../../text/words.js';
import { insertEntry, replaceValue } from '../../../yaml/edit.js';
import { servicesNamed } from '../../kubernetes/lookups.js';
import { servicesByName, servicesIn } from '../../kubernetes/tables.js';
import { keyOf } from '../kinds/shared.js';
import { gatewaysNamed, listenerSetsNamed, servicesInView } from '../lookups.js';
import { isService, listenerHolder, parentOfListenerSet, parentRefsOf, ROUTE_KINDS, type ObjectRef } from '../references.js';
import { gatewaysByName, gatewaysIn, listenerSetsByName, listenerSetsIn } from '../tables.js';

export const unknownParent = defineRule({
  id: 'gateway-api/unknown-parent',
  title: 'Route attaches to a Gateway or Service that does not exist',
  severity: 'error',
  category: 'reference',
  peers: ['KIA1401', 'KIA1402'],
  effect: 'This route takes no traffic through it.',
  why: 'A route reaches clients only through the parents it names. A name that nothing has attaches it to nothing, and clients get 404.',
  remedy: 'Correct the name. A parent in another namespace needs "namespace".',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: storefront, namespace: ingress }
spec:
  parentRefs: [{ name: publik }]
  rules:
  - filters: [{ type: RequestRedirect, requestRedirect: { hostname: www.example.com } }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: istio
  listeners: [{ name: http, port: 80, protocol: HTTP }]
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: storefront, namespace: ingress }
spec:
  parentRefs: [{ name: public }]
  rules:
  - filters: [{ type: RequestRedirect, requestRedirect: { hostname: www.example.com } }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: istio
  listeners: [{ name: http, port: 80, protocol: HTTP }]
`,
  },
  unseen: 'hint',

  kinds: [...ROUTE_KINDS, 'ListenerSet', 'XListenerSet'],
  reads: {
    gatewaysNamed,
    gatewaysByName,
    gatewaysIn,
    listenerSetsNamed,
    listenerSetsByName,
    listenerSetsIn,
    servicesNamed,
    servicesByName,
    servicesIn,
    servicesInView,
    world,
  },

  *check({ resource, read }) {
    const parents: readonly ObjectRef[] = resource.kind.endsWith('ListenerSet')
      ? [parentOfListenerSet(resource) ?? []].flat()
      : parentRefsOf(resource);
    for (const ref of parents) {
      const holder = listenerHolder(ref);
      const kind = holder ?? (isService(ref) ? 'Service' : undefined);
      if (kind === undefined) continue;
      const key = keyOf(ref);
      const place = namespaceKey(ref.namespace);
      const [named, inPlace, byName] =
        holder === 'Gateway'
          ? [read.gatewaysNamed(key), read.gatewaysIn(place), read.gatewaysByName(ref.name)]
          : holder === 'ListenerSet'
            ? [read.listenerSetsNamed(key), read.listenerSetsIn(place), read.listenerSetsByName(ref.name)]
            : [read.servicesNamed(key), read.servicesIn(place), read.servicesByName(ref.name)];
      if (named.length > 0) continue;
      const near = nearest(
        ref.name,
        inPlace.map((it) => it.data.name),
      );
      const found = near === undefined ? byName : inPlace.filter((it) => it.data.name === near);
      const names = [...new Set(found.map((it) => displayName(it.data)))].sort();
      const owned = place !== UNKNOWN_NAMESPACE && (holder === undefined ? read.servicesInView(place) : inPlace.length > 0);
      const shown = displayName(ref);
      const exists = names.length === 0 ? ' in this workspace' : ` (${quotedList(names)} ${names.length === 1 ? 'exists' : 'exist'})`;
      yield {
        at: ref.nameNode,
        certainty: names.length > 0 ? 'near' : owned ? 'owned' : 'unseen',
        peers: kind === 'Service' ? ['KIA1402'] : kind === 'Gateway' && resource.kind.endsWith('Route') ? ['KIA1401'] : [],
        ...(names.length === 0 && !owned && read.world() === 'open'
          ? { message: `${kind} "${shown}" is not in this workspace; it may exist elsewhere.`, effect: '' }
          : {
              message: `No ${kind} "${shown}" exists${exists}.`,
              ...(resource.kind.endsWith('Set') && { effect: 'Its listeners never open.' }),
            }),
        related: found.map((it) => ({ at: it, message: `${kind} "${displayName(it.data)}" is defined here` })),
        data: [...new Map(found.map((it) => [displayName(it.data), { name: it.data.name, namespace: it.data.namespace }])).values()].slice(
          0,
          3,
        ),
      };
    }
  },

  fix({ resource, problem, text }) {
    const refs: readonly ObjectRef[] = [...parentRefsOf(resource), ...[parentOfListenerSet(resource) ?? []].flat()];
    const ref = refs.find((it) => it.nameNode.start === problem.at.start);
    const candidates = problem.data as readonly { name: string; namespace?: string }[];
    if (ref === undefined || ref.node.type !== 'map') return [];
    const { node, nameNode } = ref;
    const fresh = candidates.filter(
      (it) =>
        !refs.some(
          (other) => other.kind === ref.kind && keyOf(other) === keyOf({ name: it.name, namespace: it.namespace ?? ref.namespace }),
        ),
    );
    return fresh.map(({ name, namespace }) => {
      const rename = name === ref.name ? [] : [replaceValue(text, nameNode, name)];
      const written = node.get('namespace');
      const move =
        namespace === undefined || namespace === ref.namespace
          ? []
          : [written ? replaceValue(text, written, namespace) : insertEntry(text, node, 'namespace', namespace, 'name')];
      return {
        title: `Change to "${displayName({ name, namespace: move.length > 0 ? namespace : undefined })}"`,
        preferred: fresh.length === 1,
        edits: [...rename, ...move],
      };
    });
  },
});
