import { displayName, type ResourceId } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { shortPath } from '../../../text/uri.js';
import { insertEntry } from '../../../yaml/edit.js';
import { namespaces } from '../../kubernetes/tables.js';
import { admitsListenerSets } from '../admission.js';
import { keyOf } from '../kinds/shared.js';
import { gatewaysNamed } from '../lookups.js';
import { GROUP, parentOfListenerSet } from '../references.js';

export const listenerSetNotAdmitted = defineRule({
  id: 'gateway-api/listener-set-not-admitted',
  title: 'Gateway does not take a ListenerSet that extends it',
  severity: 'error',
  category: 'policy',
  effect: 'Its listeners never open.',
  why: 'A Gateway takes ListenerSets only from namespaces that "allowedListeners" admits, and from none where that is left out.',
  remedy: 'Admit the namespace in "allowedListeners" of the Gateway, or write the listeners there.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: istio
  listeners: [{ name: http, port: 80, protocol: HTTP }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: { name: more, namespace: ingress }
spec:
  parentRef: { name: public }
  listeners: [{ name: admin, port: 8080, protocol: HTTP }]
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: ingress }
spec:
  gatewayClassName: istio
  allowedListeners: { namespaces: { from: Same } }
  listeners: [{ name: http, port: 80, protocol: HTTP }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: { name: more, namespace: ingress }
spec:
  parentRef: { name: public }
  listeners: [{ name: admin, port: 8080, protocol: HTTP }]
`,
  },

  kinds: ['ListenerSet'],
  reads: { gatewaysNamed, namespaces },

  *check({ resource, read }) {
    const ref = parentOfListenerSet(resource);
    if (ref === undefined || ref.kind !== 'Gateway' || ref.group !== GROUP) return;
    const found = read.gatewaysNamed(keyOf(ref));
    const [gateway] = found;
    if (!gateway || found.length > 1 || gateway.data.incomplete) return;
    const places = resource.namespace === undefined ? [] : read.namespaces(resource.namespace);
    if (admitsListenerSets(gateway.data, resource.namespace, places)) return;
    const whom = { Same: 'those of its own namespace only', Selector: 'those of namespaces with certain labels only' }[
      gateway.data.setsFrom ?? ''
    ];
    yield {
      at: ref.nameNode,
      message: `Gateway "${displayName(gateway.data)}" takes ${whom === undefined ? 'no ListenerSets' : `of ListenerSets ${whom}`}.`,
      related: [{ at: gateway, message: `Gateway "${displayName(gateway.data)}" is defined here` }],
      data: {
        gateway: gateway.resource,
        isOwn: resource.namespace !== undefined && resource.namespace === gateway.data.namespace && gateway.data.setsFrom === 'None',
      },
    };
  },

  fix({ problem, other }) {
    const { gateway: id, isOwn } = problem.data as { gateway: ResourceId; isOwn: boolean };
    const place = other(id);
    const spec = place?.resource.root.map('spec');
    if (!isOwn || !place || !spec || spec.entry('allowedListeners')) return [];
    return [
      {
        title: `Admit ListenerSets of its own namespace (${shortPath(place.file)})`,
        edits: [{ resource: id, ...insertEntry(place.text, spec, 'allowedListeners', '{ namespaces: { from: Same } }') }],
      },
    ];
  },
});
