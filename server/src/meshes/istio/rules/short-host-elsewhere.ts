import { clusterDomain } from '../../../index/settings.js';
import { displayHost, serviceHost } from '../../../model/hosts.js';
import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { namespacesOfService } from '../../kubernetes/lookups.js';
import { services } from '../../kubernetes/tables.js';
import { statedDestinations } from '../destinations.js';
import { destinationsOf } from '../kinds/traffic.js';
import { hostInView, ownersOfHost } from '../lookups.js';
import { quotedList } from '../words.js';

export const shortHostElsewhere = defineRule({
  id: 'istio/short-host-elsewhere',
  title: 'Short host of a Service that is in another namespace',
  severity: 'error',
  category: 'reference',
  peers: ['IST0101:host', 'KIA1101'],
  effect: 'Requests on this route get 503.',
  why: 'Istio completes a host without a dot with the namespace of the resource it is written in, not with that of the Service. The proxy has no cluster for the name that results.',
  remedy: 'Write the full name of the Service.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: payment, namespace: shop }
spec:
  hosts: [payment.payments.svc.cluster.local]
  http:
  - route:
    - destination: { host: payment }
---
apiVersion: v1
kind: Service
metadata: { name: payment, namespace: payments }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: payment, namespace: shop }
spec:
  hosts: [payment.payments.svc.cluster.local]
  http:
  - route:
    - destination: { host: payment.payments.svc.cluster.local }
---
apiVersion: v1
kind: Service
metadata: { name: payment, namespace: payments }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['VirtualService'],
  reads: { ownersOfHost, hostInView, namespacesOfService, services, clusterDomain },

  *check({ resource, read, stated }) {
    const { destinations, siteOf } = statedDestinations({ resource, stated });
    for (const destination of destinations) {
      const { host, mirror } = destination;
      if (read.ownersOfHost(host).length > 0 || read.hostInView(host) === 'external') continue;
      const { at, written } = siteOf(destination).named;
      if (/[.*]/.test(written)) continue;
      const places = read.namespacesOfService(written);
      if (places.length === 0) continue;
      yield {
        at,
        certainty: 'near',
        peers: mirror ? ['IST0101:mirror-host'] : ['IST0101:host', 'KIA1101'],
        message: `"${written}" means "${displayHost(host)}" here; the Service is in ${quotedList(places)}.`,
        ...(mirror && { effect: 'Mirrored requests go nowhere.' }),
        related: places.flatMap((place) =>
          read.services(`${place}/${written}`).map((it) => ({ at: it, message: `Service "${written}" is defined here` })),
        ),
        data: places.map((place) => serviceHost(written, place, read.clusterDomain())),
      };
    }
  },

  fix({ resource, problem, text }) {
    const node = destinationsOf(resource)
      .map((it) => it.named?.at)
      .find((it) => it?.start === problem.at.start);
    const hosts = problem.data as readonly string[];
    return node === undefined
      ? []
      : hosts.slice(0, 3).map((host) => ({
          title: `Change to "${host}"`,
          preferred: hosts.length === 1,
          edits: [replaceValue(text, node, host)],
        }));
  },
});
