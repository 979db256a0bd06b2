import { displayName, type ResourceId } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { shortPath } from '../../../text/uri.js';
import { replaceValue, insertEntry, quoteIfNeeded } from '../../../yaml/edit.js';
import { namespaces } from '../../kubernetes/tables.js';
import { admissionText, admitsKind, admitsNamespace, kindsOf, listenersMeant } from '../admission.js';
import { keyOf } from '../kinds/shared.js';
import { gatewaysNamed, isGatewayOfAnother, listenerSetsNamed } from '../lookups.js';
import { listenerHolder, parentRefsOf, ROUTE_KINDS } from '../references.js';

export const routeNotAdmitted = defineRule({
  id: 'gateway-api/route-not-admitted',
  title: 'Gateway does not admit a route that attaches to it',
  severity: 'error',
  category: 'policy',
  peers: ['KIA1401'],
  effect: 'This route is ignored.',
  why: 'Listeners say in "allowedRoutes" from which namespaces and of which kinds they take routes. By default they take those of their own namespace, of the kinds that fit their protocol.',
  remedy: 'Admit the namespace or kind in "allowedRoutes" of a listener, or attach the route elsewhere.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: storefront, namespace: shop }
spec:
  parentRefs: [{ name: public, namespace: ingress }]
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
metadata: { name: storefront, namespace: shop }
spec:
  parentRefs: [{ name: public, namespace: ingress }]
  rules:
  - filters: [{ type: RequestRedirect, requestRedirect: { hostname: www.example.com } }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: istio
  listeners: [{ name: http, port: 80, protocol: HTTP, allowedRoutes: { namespaces: { from: All } } }]
`,
  },

  kinds: [...ROUTE_KINDS],
  reads: { gatewaysNamed, listenerSetsNamed, isGatewayOfAnother, namespaces },

  *check({ resource, read }) {
    const places = resource.namespace === undefined ? [] : read.namespaces(resource.namespace);
    for (const ref of parentRefsOf(resource)) {
      const holder = listenerHolder(ref);
      if (holder === undefined || ref.hidden) continue;
      const found = holder === 'Gateway' ? read.gatewaysNamed(keyOf(ref)) : read.listenerSetsNamed(keyOf(ref));
      const [gateway] = found;
      if (!gateway || found.length > 1 || gateway.data.incomplete) continue;
      const meant = listenersMeant(gateway, ref);
      if (meant.length === 0) continue; // gateway-api/unknown-listener
      const takesKind = meant.filter((it) => admitsKind(it, resource.kind));
      const taking = takesKind.filter((it) => admitsNamespace(it, gateway.data, resource.namespace, places));
      if (taking.length > 0) continue;
      const byKind = takesKind.length === 0;
      const listener = (byKind ? meant : takesKind)[0]!;
      const which =
        (byKind ? meant : takesKind).length === 1
          ? `Listener "${listener.name}" of ${holder} "${displayName(gateway.data)}"`
          : `${holder} "${displayName(gateway.data)}"`;
      const kinds = [...new Set(meant.flatMap((it) => kindsOf(it) ?? []))];
      yield {
        at: ref.nameNode,
        peers: byKind || gateway.data.namespace === resource.namespace || read.isGatewayOfAnother(keyOf(ref)) ? [] : ['KIA1401'],
        message: byKind
          ? `${which} admits no ${resource.kind}${kinds.length === 0 ? '' : `, only ${quotedList(kinds)}`}.`
          : `${which} ${admissionText(listener)}.`,
        related: [
          {
            at: { resource: gateway.resource, range: listener.admissionRange },
            message:
              listener.admissionRange.start === listener.range.start ? 'This listener says nothing of other namespaces' : 'It says so here',
          },
        ],
        ...(!byKind && {
          data: { gateway: gateway.resource, listener: gateway.data.listeners.indexOf(listener), namespace: resource.namespace },
        }),
      };
    }
  },

  fix({ problem, other }) {
    const data = problem.data as { gateway: ResourceId; listener: number; namespace?: string } | undefined;
    const place = data && other(data.gateway);
    const listener = place?.resource.root.get(`spec.listeners.${data?.listener}`);
    if (data?.namespace === undefined || place === undefined || listener?.type !== 'map') return [];
    const title = `Admit routes from "${data.namespace}" (${shortPath(place.file)})`;
    const admission = `{ from: Selector, selector: { matchLabels: { kubernetes.io/metadata.name: ${quoteIfNeeded(data.namespace, true)} } } }`;
    const allowed = listener.get('allowedRoutes');
    const from = listener.get('allowedRoutes.namespaces.from');
    const written = listener.get('allowedRoutes.namespaces');
    // A selector that stands there already may be shared with other namespaces; changing it is for its author.
    if (from?.text() === 'Selector') return [];
    if (written && from) {
      return [
        {
          title: `Admit routes from all namespaces (${shortPath(place.file)})`,
          edits: [{ resource: data.gateway, ...replaceValue(place.text, from, 'All') }],
        },
      ];
    }
    const edit =
      allowed?.type === 'map'
        ? insertEntry(place.text, allowed, 'namespaces', admission)
        : insertEntry(place.text, listener, 'allowedRoutes', `{ namespaces: ${admission} }`);
    return [{ title, edits: [{ resource: data.gateway, ...edit }] }];
  },
});
