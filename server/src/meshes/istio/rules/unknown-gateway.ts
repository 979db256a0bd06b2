import { world } from '../../../index/settings.js';
import { displayName, UNKNOWN_NAMESPACE } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { gatewayKey, INTERNAL_GATEWAY } from '../hosts.js';
import { gatewayEntriesOf } from '../kinds/traffic.js';
import { gatewayExists } from '../lookups.js';
import { gatewaysByName, gatewaysIn, virtualServices } from '../tables.js';
import { quotedList } from '../words.js';

export const unknownGateway = defineRule({
  id: 'istio/unknown-gateway',
  title: 'VirtualService is bound to a Gateway that does not exist',
  severity: 'error',
  category: 'reference',
  peers: ['IST0101:gateway', 'KIA1102'],
  effect: 'This VirtualService takes no traffic through it.',
  why: 'Routes of a VirtualService reach only the gateways it names. A name that no Gateway has binds it to nothing, and clients outside get 404.',
  remedy: 'Correct the name. A Gateway in another namespace is written "namespace/name".',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: storefront, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [istio-ingress/publik]
  http:
  - route:
    - destination: { host: storefront }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: istio-ingress }
spec:
  selector: { istio: ingressgateway }
  servers:
  - port: { number: 80, name: http, protocol: HTTP }
    hosts: ["*.example.com"]
---
apiVersion: v1
kind: Service
metadata: { name: storefront, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: storefront, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [istio-ingress/public]
  http:
  - route:
    - destination: { host: storefront }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: istio-ingress }
spec:
  selector: { istio: ingressgateway }
  servers:
  - port: { number: 80, name: http, protocol: HTTP }
    hosts: ["*.example.com"]
---
apiVersion: v1
kind: Service
metadata: { name: storefront, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },
  unseen: 'hint',

  mentions: ['gateways'],
  kinds: ['VirtualService'],
  reads: { gatewayExists, gatewaysIn, gatewaysByName, world },

  *check({ resource, read, stated }) {
    const own = stated(virtualServices)?.data;
    const named = own && [...own.gateways, ...(own.matchedGateways ?? [])];
    if (named?.every((it) => it === 'mesh' || read.gatewayExists(it)) === true) return;
    for (const { node, inMatch } of gatewayEntriesOf(resource.root)) {
      const written = node.text();
      if (written === undefined || written === '' || written.includes(INTERNAL_GATEWAY)) continue;
      const key = gatewayKey(written, resource.namespace);
      if (key === undefined || read.gatewayExists(key)) continue;
      const [place, name] = [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)];
      const here = read.gatewaysIn(place);
      const near = nearest(
        name,
        here.map((it) => it.data.name),
      );
      const found = near === undefined ? read.gatewaysByName(name) : here.filter((it) => it.data.name === near);
      const names = [...new Set(found.map((it) => displayName(it.data)))].sort();
      // Where the namespace itself is unknown its Gateways may be anywhere.
      const owned = here.length > 0 && place !== UNKNOWN_NAMESPACE;
      const shown = place === UNKNOWN_NAMESPACE ? name : key;
      const exists = names.length === 0 ? '' : ` (${quotedList(names)} ${names.length === 1 ? 'exists' : 'exist'})`;
      yield {
        at: node,
        certainty: names.length > 0 ? 'near' : owned ? 'owned' : 'unseen',
        peers: inMatch ? ['KIA1102'] : ['IST0101:gateway', 'KIA1102'],
        ...(names.length === 0 && !owned && read.world() === 'open'
          ? { message: `Gateway "${shown}" is not in this workspace; it may exist elsewhere.`, effect: '' }
          : { message: `No Gateway "${shown}" exists${names.length === 0 ? ' in this workspace' : exists}.` }),
        related: found.map((it) => ({ at: it, message: `Gateway "${displayName(it.data)}" is defined here` })),
        data: found
          .map((it) => (it.data.namespace === undefined || it.data.namespace === resource.namespace ? it.data.name : displayName(it.data)))
          .filter((it, i, all) => all.indexOf(it) === i)
          .sort(),
      };
    }
  },

  fix({ resource, problem, text }) {
    const node = gatewayEntriesOf(resource.root).find((it) => it.node.start === problem.at.start)?.node;
    const names = problem.data as readonly string[];
    return node === undefined
      ? []
      : names.slice(0, 3).map((name) => ({
          title: `Change to "${name}"`,
          preferred: names.length === 1,
          edits: [replaceValue(text, node, name)],
        }));
  },
});
