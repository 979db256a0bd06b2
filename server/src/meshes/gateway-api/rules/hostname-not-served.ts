import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { isOpen, textsAt } from '../../kubernetes/fields.js';
import { namespaces } from '../../kubernetes/tables.js';
import { admitsKind, admitsNamespace, listenersMeant, sharesHostname } from '../admission.js';
import { keyOf } from '../kinds/shared.js';
import { gatewaysNamed, listenerSetsNamed } from '../lookups.js';
import { listenerHolder, parentRefsOf } from '../references.js';

export const hostnameNotServed = defineRule({
  id: 'gateway-api/hostname-not-served',
  title: 'Gateway serves none of the hostnames of a route that attaches to it',
  severity: 'error',
  category: 'semantics',
  effect: 'This route is not accepted there.',
  why: 'A listener with a hostname takes a route only where the two have a hostname in common. "*.example.com" covers every name below example.com, and not example.com itself.',
  remedy: 'Add a listener for the hostname, or name one that a listener serves.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: storefront, namespace: ingress }
spec:
  parentRefs: [{ name: public }]
  hostnames: [shop.example.org]
  rules:
  - filters: [{ type: RequestRedirect, requestRedirect: { hostname: www.example.com } }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: istio
  listeners: [{ name: http, port: 80, protocol: HTTP, hostname: "*.example.com" }]
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: storefront, namespace: ingress }
spec:
  parentRefs: [{ name: public }]
  hostnames: [shop.example.com]
  rules:
  - filters: [{ type: RequestRedirect, requestRedirect: { hostname: www.example.com } }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: istio
  listeners: [{ name: http, port: 80, protocol: HTTP, hostname: "*.example.com" }]
`,
  },

  kinds: ['HTTPRoute', 'GRPCRoute', 'TLSRoute'],
  reads: { gatewaysNamed, listenerSetsNamed, namespaces },

  *check({ resource, read }) {
    const hostnames = textsAt(resource.root, 'spec.hostnames');
    if (hostnames.length === 0 || isOpen(resource, 'spec.hostnames')) return;
    const places = resource.namespace === undefined ? [] : read.namespaces(resource.namespace);
    for (const ref of parentRefsOf(resource)) {
      const holder = listenerHolder(ref);
      if (holder === undefined || ref.hidden) continue;
      const found = holder === 'Gateway' ? read.gatewaysNamed(keyOf(ref)) : read.listenerSetsNamed(keyOf(ref));
      const [gateway] = found;
      if (!gateway || found.length > 1 || gateway.data.incomplete) continue;
      const admitting = listenersMeant(gateway, ref).filter(
        (it) => admitsKind(it, resource.kind) && admitsNamespace(it, gateway.data, resource.namespace, places),
      );
      if (admitting.length === 0 || admitting.some((it) => it.hidden || sharesHostname(it, hostnames))) continue;
      const served = [...new Set(admitting.flatMap((it) => it.hostname ?? []))];
      const name = displayName(gateway.data);
      yield {
        at: ref.nameNode,
        message: `${ref.sectionName === undefined ? '' : `Listener "${ref.sectionName}" of `}${holder} "${name}" serves ${quotedList(served)} and none of this route's hostnames.`,
        related: admitting.slice(0, 3).map((it) => ({
          at: { resource: gateway.resource, range: it.range },
          message: `Listener "${it.name}" serves "${it.hostname}"`,
        })),
      };
    }
  },
});
