import { displayName } from '../../../model/resource.js';
import { defineRule, type Problem } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { quotedList } from '../../../text/words.js';
import { replaceValue } from '../../../yaml/edit.js';
import { servicesNamed } from '../../kubernetes/lookups.js';
import { keyOf } from '../kinds/shared.js';
import { gatewaysNamed, listenerSetsNamed } from '../lookups.js';
import { listenersMeant } from '../admission.js';
import { isService, listenerHolder, parentRefsOf, ROUTE_KINDS, type ParentRef } from '../references.js';

export const unknownListener = defineRule({
  id: 'gateway-api/unknown-listener',
  title: 'Route attaches to a listener or port that its parent does not have',
  severity: 'error',
  category: 'reference',
  effect: 'This route takes no traffic through it.',
  why: 'With "sectionName" or "port" a route attaches to that listener alone. Where the parent has none such, the route is not accepted there, and clients get 404.',
  remedy: 'Name a listener that the Gateway has, or leave "sectionName" and "port" out to attach to all of them.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: storefront, namespace: ingress }
spec:
  parentRefs: [{ name: public, sectionName: https }]
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
  parentRefs: [{ name: public, sectionName: http }]
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

  kinds: [...ROUTE_KINDS],
  reads: { gatewaysNamed, listenerSetsNamed, servicesNamed },

  *check({ resource, read }) {
    for (const ref of parentRefsOf(resource)) {
      if (ref.hidden || (ref.sectionName === undefined && ref.port === undefined)) continue;
      const holder = listenerHolder(ref);
      if (holder) {
        const found = holder === 'Gateway' ? read.gatewaysNamed(keyOf(ref)) : read.listenerSetsNamed(keyOf(ref));
        const [gateway] = found;
        if (!gateway || found.some((it) => it.data.incomplete || listenersMeant(it, ref).length > 0)) continue;
        yield* listenerProblem(ref, `${holder} "${displayName(gateway.data)}"`, gateway.data.listeners, {
          at: { resource: gateway.resource, range: gateway.range },
          message: `${holder} "${displayName(gateway.data)}" is defined here`,
        });
        continue;
      }
      const found = isService(ref) && ref.port !== undefined ? read.servicesNamed(keyOf(ref)) : [];
      const [service] = found;
      const portNode = ref.node.get('port');
      if (!service || !portNode || found.some((it) => it.data.incomplete || it.data.ports.some((port) => port.number === ref.port)))
        continue;
      yield {
        at: portNode,
        message: `Service "${displayName(service.data)}" has no port ${ref.port}.`,
        related: [{ at: service, message: `Service "${displayName(service.data)}" is defined here` }],
        data: service.data.ports.flatMap((it) => it.number ?? []).slice(0, 3),
      };
    }
  },

  fix({ resource, problem, text }) {
    const nodes = parentRefsOf(resource).flatMap((it) => [it.node.get('sectionName') ?? [], it.node.get('port') ?? []].flat());
    const node = nodes.find((it) => it.start === problem.at.start);
    const values = problem.data as readonly (string | number)[];
    if (node === undefined) return [];
    return values.map((value) => ({
      title: `Change to ${typeof value === 'string' ? `"${value}"` : value}`,
      preferred: values.length === 1,
      edits: [replaceValue(text, node, value)],
    }));
  },
});

function* listenerProblem(
  ref: ParentRef,
  holder: string,
  listeners: readonly { readonly name: string; readonly port: number | undefined }[],
  related: NonNullable<Problem['related']>[number],
): Iterable<Problem> {
  const section = ref.node.get('sectionName');
  const ofSection = listeners.filter((it) => it.name === ref.sectionName);
  if (section && ref.sectionName !== undefined && ofSection.length === 0) {
    const names = listeners.map((it) => it.name);
    const near = nearest(ref.sectionName, names);
    yield {
      at: section,
      message: `${holder} has no listener "${ref.sectionName}"${names.length === 0 ? '' : ` (it has ${quotedList(names)})`}.`,
      related: [related],
      data: near === undefined ? names.slice(0, 3) : [near],
    };
    return;
  }
  const port = ref.node.get('port');
  if (!port) return;
  const numbers = [...new Set((ofSection.length > 0 ? ofSection : listeners).flatMap((it) => it.port ?? []))];
  yield {
    at: port,
    message:
      ofSection.length > 0
        ? `Listener "${ref.sectionName}" of ${holder} is on port ${numbers.join(', ')}, not ${ref.port}.`
        : `${holder} has no listener on port ${ref.port}.`,
    related: [related],
    data: numbers.slice(0, 3),
  };
}
