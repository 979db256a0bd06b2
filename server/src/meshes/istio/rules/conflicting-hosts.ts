import { displayHost, serviceOfHost, wildcardsOf } from '../../../model/hosts.js';
import { displayName, UNKNOWN_NAMESPACE } from '../../../model/resource.js';
import type { Definition } from '../../../model/facts.js';
import { defineRule } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { namespaceNames } from '../../kubernetes/lookups.js';
import { services } from '../../kubernetes/tables.js';
import { completedHost, exportsMeet, isGenerated, isSameResource, spellingsOf } from '../hosts.js';
import { exported, virtualServicesOfWildcards } from '../lookups.js';
import { defaultExportTo } from '../mesh-config.js';
import { isLabelledAmbient } from '../ambient.js';
import { importsOf, shareAView } from '../sidecar-scope.js';
import {
  virtualServices,
  virtualServicesByGateway,
  virtualServicesByHost,
  virtualServicesOfPartialHosts,
  virtualServicesUnder,
  type VirtualServiceFacts,
} from '../tables.js';
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
  reads: {
    services,
    virtualServicesByHost,
    virtualServicesOfWildcards,
    virtualServicesOfPartialHosts,
    virtualServicesUnder,
    virtualServicesByGateway,
    defaultExportTo,
    importsOf,
    isLabelledAmbient,
    namespaceNames,
  },

  *check({ resource, read, stated }) {
    const byDefault = read.defaultExportTo('defaultVirtualServiceExportTo');
    const self = stated(virtualServices);
    const [own] = self ? exported([self], byDefault) : [];
    if (!own || own.data.incomplete) return;
    const nodeOf = (place: number): YamlNode => resource.root.list('spec.hosts.*').filter((it) => (it.text() ?? '') !== '')[place]!;
    const isRival = (it: Definition<VirtualServiceFacts>): boolean =>
      it.resource !== own.resource && !isSameResource(it.data, own.data) && !it.data.incomplete && exportsMeet(it.data, own.data);
    const seen = new Map<string, number>();
    const told = new Set<string>();
    for (const [place, host] of own.data.hosts.entries()) {
      const others = exported(read.virtualServicesByHost(host), byDefault).filter(isRival);
      const isSeenByKiali = ({ data }: Definition<VirtualServiceFacts>): boolean =>
        !isGenerated(own.data) && !isGenerated(data) && shareAView({ ...own.data, host }, { ...data, host }, read);
      const before = seen.get(host);
      seen.set(host, place);
      const [first, second] = before === undefined ? [] : [nodeOf(before).text()!, nodeOf(place).text()!];
      if (first !== second && onMesh(own.data) && !told.has('mesh')) {
        told.add('mesh');
        yield { at: nodeOf(place), message: `"${first}" and "${second}" are the same host.`, effect: '', peers: ['IST0109'] };
        continue;
      }
      const inMesh = onMesh(own.data) ? others.filter((it) => onMesh(it.data)) : [];
      if (inMesh.length > 0 && !told.has('mesh')) {
        told.add('mesh');
        yield {
          at: nodeOf(place),
          // Manifests without namespaces may be meant for different ones.
          certainty: host.includes(`.${UNKNOWN_NAMESPACE}.`) ? 'unseen' : 'proven',
          peers: ['IST0109', ...kiali(inMesh.some(isSeenByKiali))],
          message: `VirtualService ${quotedList(names(inMesh))} ${names(inMesh).length === 1 ? 'routes' : 'route'} "${displayHost(host)}" in the mesh, too.`,
          related: inMesh.map((it) => ({ at: it, message: `"${displayName(it.data)}" routes the same host` })),
        };
        continue;
      }
      const [overlapping] = inMesh.length === 0 && onMesh(own.data) && !told.has('mesh') ? overlappingInMesh(host) : [];
      if (overlapping) {
        told.add('mesh');
        yield {
          at: nodeOf(place),
          severity: 'hint',
          certainty: host.includes(`.${UNKNOWN_NAMESPACE}.`) ? 'unseen' : 'proven',
          peers: ['IST0109'],
          message: `VirtualService "${displayName(overlapping.data)}" routes hosts that overlap "${displayHost(host)}" in the mesh.`,
          effect: 'The narrower host wins.',
          related: [{ at: overlapping, message: `"${displayName(overlapping.data)}" routes hosts that overlap` }],
        };
        continue;
      }
      const [alias] = others.length === 0 && !told.has('KIA1106') ? aliasesOf(host) : [];
      if (alias) {
        yield {
          at: nodeOf(place),
          severity: 'hint',
          peers: kiali(shareAView({ ...own.data, host }, { ...alias.data, host }, read)),
          message: `VirtualService "${displayName(alias.data)}" may mean the host "${nodeOf(place).text()!}" as well.`,
          effect: 'Istio completes only hosts without a dot.',
          related: [{ at: alias, message: `"${displayName(alias.data)}" writes it in another way` }],
        };
        continue;
      }
      for (const gateway of own.data.gateways) {
        if (gateway === 'mesh' || told.has(gateway)) continue;
        const here = others.filter((it) => it.data.gateways.includes(gateway));
        if (here.length === 0) {
          const [wider] = besideStar(host, gateway);
          if (wider === undefined) continue;
          told.add(gateway);
          yield {
            at: nodeOf(place),
            severity: 'hint',
            peers: kiali(true),
            message: `VirtualService "${displayName(wider.data)}" routes ${host === '*' ? 'some of' : 'what is not'} "${host === '*' ? host : displayHost(host)}" on Gateway "${gateway}".`,
            effect: 'The narrower host wins.',
            related: [{ at: wider, message: `"${displayName(wider.data)}" is for the same Gateway` }],
          };
          break;
        }
        told.add(gateway);
        yield {
          at: nodeOf(place),
          severity: 'hint',
          peers: kiali(here.some(isSeenByKiali)),
          message: `VirtualService ${quotedList(names(here))} ${names(here).length === 1 ? 'routes' : 'route'} "${displayHost(host)}" on Gateway "${gateway}", too.`,
          effect: 'Istio puts their routes behind one another.',
          related: here.map((it) => ({ at: it, message: `"${displayName(it.data)}" routes the same host` })),
        };
        break;
      }
    }

    /** Kiali names a VirtualService once, however many of its hosts clash. */
    function kiali(sees: boolean): readonly string[] {
      if (!sees || told.has('KIA1106')) return [];
      told.add('KIA1106');
      return ['KIA1106'];
    }

    /** VirtualServices on a gateway of this one that write the host of a Service as `cart.shop`, or in full where this one does not. */
    function aliasesOf(host: string): readonly Definition<VirtualServiceFacts>[] {
      const completed = completedHost(host);
      const service = serviceOfHost(completed ?? host);
      if (service?.namespace === undefined) return [];
      if (completed === undefined && read.virtualServicesOfPartialHosts(service.namespace).length === 0) return [];
      if (read.services(`${service.namespace}/${service.name}`).length === 0) return [];
      const spellings = spellingsOf(completed ?? host).filter((it) => it !== host);
      return exported(
        spellings.flatMap((it) => read.virtualServicesByHost(it)),
        byDefault,
      ).filter((it) => isRival(it) && !isGenerated(it.data) && it.data.gateways.some((gateway) => own!.data.gateways.includes(gateway)));
    }

    /** VirtualServices of wider or narrower hosts, one of the two exported to some namespaces, the other to all: so far istioctl looks. */
    function overlappingInMesh(host: string): readonly Definition<VirtualServiceFacts>[] {
      const found = [
        ...wildcardsOf(host)
          .slice(0, 1)
          .flatMap((it) => read.virtualServicesOfWildcards(it)),
        ...(host.startsWith('*') ? read.virtualServicesUnder(host) : []),
      ];
      return exported(found, byDefault).filter(
        (it) => isRival(it) && onMesh(it.data) && isExportedEverywhere(it.data) !== isExportedEverywhere(own!.data),
      );
    }

    /** On a gateway: VirtualServices of all hosts beside one for a service of their namespace, and the other way round. */
    function besideStar(host: string, gateway: string): readonly Definition<VirtualServiceFacts>[] {
      if (isGenerated(own!.data)) return [];
      const service = host === '*' ? undefined : serviceOfHost(host);
      if (host !== '*' && service === undefined) return [];
      const candidates = host === '*' ? read.virtualServicesByGateway(gateway) : read.virtualServicesByHost('*');
      return exported(candidates, byDefault).filter(
        (it) =>
          isRival(it) &&
          !isGenerated(it.data) &&
          it.data.gateways.includes(gateway) &&
          (service
            ? it.data.namespace === service.namespace
            : it.data.hosts.some((other) => {
                const named = serviceOfHost(other);
                return named !== undefined && named.namespace === resource.namespace;
              })),
      );
    }
  },
});

function isExportedEverywhere({ exportTo }: VirtualServiceFacts): boolean {
  return exportTo.length === 0 || exportTo.includes('*');
}

function onMesh({ gateways }: VirtualServiceFacts): boolean {
  return gateways.includes('mesh');
}

function names(definitions: readonly Definition<VirtualServiceFacts>[]): readonly string[] {
  return [...new Set(definitions.map((it) => displayName(it.data)))].sort();
}
