import { clusterDomain } from '../../../index/settings.js';
import { serviceHost } from '../../../model/hosts.js';
import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { services } from '../../kubernetes/tables.js';
import { statedDestinations } from '../destinations.js';
import { destinationsOf } from '../kinds/traffic.js';
import { hostInView, ownersOfHost } from '../lookups.js';

export const partialHost = defineRule({
  id: 'istio/partial-host',
  title: 'Host names a Service and its namespace, but not the domain of the cluster',
  severity: 'error',
  category: 'pitfall',
  peers: ['IST0101:host'],
  effect: 'Requests on this route get 503.',
  why: 'Istio completes only hosts without a dot. "cart.shop" and "cart.shop.svc" stay as they are, and no Service has such a name, although DNS finds it.',
  remedy: 'Write the full name, such as "cart.shop.svc.cluster.local".',
  otherTools: 'Kiali takes "cart.shop" for the Service, so it stays silent.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - route:
    - destination: { host: cart.shop }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - route:
    - destination: { host: cart.shop.svc.cluster.local }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['VirtualService'],
  reads: { ownersOfHost, hostInView, services, clusterDomain },

  *check({ resource, read, stated }) {
    const { destinations, siteOf } = statedDestinations({ resource, stated });
    for (const destination of destinations) {
      const { host: written, mirror } = destination; // one with a dot is as it is written
      const [, name, namespace] = /^([^.*]+)\.([^.*]+)(?:\.svc)?$/.exec(written) ?? [];
      if (name === undefined) continue;
      const [service] = read.services(`${namespace}/${name}`);
      if (!service || read.ownersOfHost(written).length > 0 || read.hostInView(written) === 'external') continue;
      yield {
        at: siteOf(destination).named.at,
        certainty: 'near',
        peers: mirror ? ['IST0101:mirror-host'] : ['IST0101:host'],
        message: `"${written}" is not the Service "${namespace}/${name}": Istio completes only hosts without a dot.`,
        ...(mirror && { effect: 'Mirrored requests go nowhere.' }),
        related: [{ at: service, message: `Service "${name}" is defined here` }],
        data: serviceHost(name, namespace, read.clusterDomain()),
      };
    }
  },

  fix({ resource, problem, text }) {
    const node = destinationsOf(resource)
      .map((it) => it.named?.at)
      .find((it) => it?.start === problem.at.start);
    const host = problem.data as string;
    return node === undefined ? [] : [{ title: `Change to "${host}"`, preferred: true, edits: [replaceValue(text, node, host)] }];
  },
});
