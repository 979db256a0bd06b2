import { displayHost } from '../../../model/hosts.js';
import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { insertEntry } from '../../../yaml/edit.js';
import { isSameResource } from '../hosts.js';
import { statedDestinations } from '../destinations.js';
import { destinationsOf } from '../kinds/traffic.js';
import { virtualServicesByHost } from '../tables.js';

export const routeRuleNoEffectOnIngress = defineRule({
  id: 'istio/route-rule-no-effect-on-ingress',
  title: 'Gateway route goes around the subsets that another VirtualService chooses',
  severity: 'warning',
  category: 'pitfall',
  peers: ['IST0140'],
  effect: 'Requests from the gateway go to every version.',
  why: 'A gateway applies only VirtualServices that are bound to it. One that splits the traffic of a Service within the mesh has no say over requests that the gateway routes to that Service itself.',
  remedy: 'Name the subset in the gateway’s own route.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: public, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [istio-ingress/public]
  http:
  - route:
    - destination: { host: cart }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - route:
    - destination: { host: cart, subset: v1 }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec:
  host: cart
  subsets: [{ name: v1, labels: { version: v1 } }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, version: v1 } }
    spec: { containers: [{ name: cart, image: cart:1, ports: [{ containerPort: 80 }] }] }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: istio-ingress }
spec:
  selector: { istio: ingressgateway }
  servers:
  - port: { number: 80, name: http, protocol: HTTP }
    hosts: [shop.example.com]
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: public, namespace: shop }
spec:
  hosts: [shop.example.com]
  gateways: [istio-ingress/public]
  http:
  - route:
    - destination: { host: cart, subset: v1 }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec:
  host: cart
  subsets: [{ name: v1, labels: { version: v1 } }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, version: v1 } }
    spec: { containers: [{ name: cart, image: cart:1, ports: [{ containerPort: 80 }] }] }
---
apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: public, namespace: istio-ingress }
spec:
  selector: { istio: ingressgateway }
  servers:
  - port: { number: 80, name: http, protocol: HTTP }
    hosts: [shop.example.com]
`,
  },

  mentions: ['gateways'],
  kinds: ['VirtualService'],
  reads: { virtualServicesByHost },

  *check({ resource, read, stated }) {
    const { destinations, siteOf } = statedDestinations({ resource, stated });
    for (const destination of destinations) {
      const { host, subset, field, mirror } = destination;
      if (field !== 'http' || mirror || subset !== undefined) continue;
      const other = read
        .virtualServicesByHost(host)
        .find(
          (it) =>
            it.resource !== resource.id &&
            !isSameResource(it.data, resource) &&
            it.data.destinations.some((to) => to.field === 'http' && !to.mirror && to.host === host && to.subset),
        );
      if (!other) continue;
      if (!resource.root.list('spec.gateways.*').some((it) => it.text() !== 'mesh')) return;
      const { node, named } = siteOf(destination);
      if (node.has('subset')) continue;
      const subsets = other.data.destinations.flatMap((to) =>
        to.host === host && to.field === 'http' && !to.mirror && to.subset ? [to.subset] : [],
      );
      yield {
        at: named.at,
        message: `VirtualService "${displayName(other.data)}" chooses subsets of "${displayHost(host)}" for the mesh, not for this gateway.`,
        related: [{ at: other, message: `"${displayName(other.data)}" chooses them here` }],
        data: [...new Set(subsets)],
      };
    }
  },

  fix({ resource, problem, text }) {
    const destination = destinationsOf(resource).find((it) => it.named?.at.start === problem.at.start)?.node;
    const subsets = problem.data as readonly string[];
    if (destination?.type !== 'map') return [];
    return subsets.slice(0, 3).map((subset) => ({
      title: `Route to subset "${subset}"`,
      edits: [insertEntry(text, destination, 'subset', subset, 'host')],
    }));
  },
});
