import { displayHost } from '../../../model/hosts.js';
import { displayName, namespaceKey, UNKNOWN_NAMESPACE } from '../../../model/resource.js';
import type { Definition } from '../../../model/facts.js';
import { defineRule } from '../../../rules/rule.js';
import { canonicalHost, exportsMeet, isSameResource } from '../hosts.js';
import { virtualServicesByHost, virtualServices, type VirtualServiceFacts } from '../tables.js';
import { quotedList } from '../words.js';

export const conflictingHosts = defineRule({
  id: 'istio/conflicting-hosts',
  title: 'Several VirtualServices for one host of the mesh',
  severity: 'error',
  category: 'semantics',
  peers: ['IST0109', 'KIA1106'],
  effect: 'Sidecars follow one of them only.',
  why: 'On a gateway Istio merges the routes of several VirtualServices for a host. In sidecars it does not: the oldest one counts, and the routes of the others do nothing.',
  remedy: 'Merge them, or export them to different namespaces.',
  otherTools: 'Kiali also warns of several VirtualServices for a host on one gateway. Istio merges these, so here that is a hint.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - redirect: { authority: www.example.com }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart-api, namespace: shop }
spec:
  hosts: [cart.shop.svc.cluster.local]
  http:
  - redirect: { authority: api.example.com }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - match: [{ uri: { prefix: /api } }]
    redirect: { authority: api.example.com }
  - redirect: { authority: www.example.com }
`,
  },

  kinds: ['VirtualService'],
  reads: { virtualServices, virtualServicesByHost },

  *check({ resource, read }) {
    const own = read.virtualServices(`${namespaceKey(resource.namespace)}/${resource.name}`).find((it) => it.resource === resource.id);
    if (!own || own.data.incomplete) return;
    const seen = new Map<string, string>();
    const told = new Set<string>();
    for (const node of resource.root.list('spec.hosts.*')) {
      const written = node.text();
      if (written === undefined || written === '') continue;
      const host = canonicalHost(written, resource.namespace);
      const others = read
        .virtualServicesByHost(host)
        .filter(
          (it) =>
            it.resource !== own.resource && !isSameResource(it.data, own.data) && !it.data.incomplete && exportsMeet(it.data, own.data),
        );
      const before = seen.get(host);
      seen.set(host, written);
      if (before !== undefined && before !== written && onMesh(own.data) && !told.has('mesh')) {
        told.add('mesh');
        yield { at: node, message: `"${before}" and "${written}" are the same host.`, effect: '', peers: ['IST0109'] };
        continue;
      }
      const inMesh = onMesh(own.data) ? others.filter((it) => onMesh(it.data)) : [];
      if (inMesh.length > 0 && !told.has('mesh')) {
        told.add('mesh');
        yield {
          at: node,
          // Manifests without namespaces may be meant for different ones.
          certainty: host.includes(`.${UNKNOWN_NAMESPACE}.`) ? 'unseen' : 'proven',
          message: `VirtualService ${quotedList(names(inMesh))} ${names(inMesh).length === 1 ? 'routes' : 'route'} "${displayHost(host)}" in the mesh, too.`,
          related: inMesh.map((it) => ({ at: it, message: `"${displayName(it.data)}" routes the same host` })),
        };
        continue;
      }
      for (const gateway of own.data.gateways) {
        const here = gateway === 'mesh' || told.has(gateway) ? [] : others.filter((it) => it.data.gateways.includes(gateway));
        if (here.length === 0) continue;
        told.add(gateway);
        yield {
          at: node,
          severity: 'hint',
          peers: ['KIA1106'],
          message: `VirtualService ${quotedList(names(here))} ${names(here).length === 1 ? 'routes' : 'route'} "${displayHost(host)}" on Gateway "${gateway}", too.`,
          effect: 'Istio puts their routes behind one another.',
          related: here.map((it) => ({ at: it, message: `"${displayName(it.data)}" routes the same host` })),
        };
        break;
      }
    }
  },
});

function onMesh({ gateways }: VirtualServiceFacts): boolean {
  return gateways.includes('mesh');
}

function names(definitions: readonly Definition<VirtualServiceFacts>[]): readonly string[] {
  return [...new Set(definitions.map((it) => displayName(it.data)))].sort();
}
