import { defineRule } from '../../../rules/rule.js';
import { namespaceKey } from '../../../model/resource.js';
import { servicesOfWorkload } from '../../kubernetes/lookups.js';
import { injectionOf, isManagedByIstio } from '../injection.js';
import { placeOfName } from '../places.js';
import { quotedList } from '../words.js';

export const portOfTwoProtocols = defineRule({
  id: 'istio/port-of-two-protocols',
  title: 'Services send the same port to a workload with different protocols',
  severity: 'warning',
  category: 'semantics',
  peers: ['IST0116'],
  effect: 'Its proxy can listen for one of them only.',
  why: 'The proxy of a pod has one listener a port. Where two Services of the pod give the same port different protocols, one of them wins.',
  remedy: 'Give the port the same protocol in each Service, or different numbers.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: dns, namespace: shop }
spec: { selector: { app: dns }, ports: [{ name: tcp-dns, port: 5353, protocol: TCP }] }
---
apiVersion: v1
kind: Service
metadata: { name: dns-udp, namespace: shop }
spec: { selector: { app: dns }, ports: [{ name: udp-dns, port: 5353, protocol: UDP }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: dns, namespace: shop }
spec:
  selector: { matchLabels: { app: dns } }
  template:
    metadata: { labels: { app: dns } }
    spec: { containers: [{ name: dns, image: example.org/dns:1 }] }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: dns, namespace: shop }
spec: { selector: { app: dns }, ports: [{ name: tcp-dns, port: 5353, protocol: TCP }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: dns, namespace: shop }
spec:
  selector: { matchLabels: { app: dns } }
  template:
    metadata: { labels: { app: dns } }
    spec: { containers: [{ name: dns, image: example.org/dns:1 }] }
`,
  },

  kinds: ['Deployment', 'StatefulSet', 'DaemonSet'],
  reads: { servicesOfWorkload, injectionOf },

  *check({ resource, read }) {
    const key = `${namespaceKey(resource.namespace)}/${resource.kind}/${resource.name}`;
    if (read.injectionOf(key).state !== 'injected' || isManagedByIstio(resource)) return;
    const services = read.servicesOfWorkload(key);
    const protocols = new Map<number, Set<string>>();
    for (const { data } of services) {
      for (const { number, protocol } of data.ports) {
        if (number !== undefined) protocols.set(number, (protocols.get(number) ?? new Set()).add(protocol));
      }
    }
    for (const [port, used] of [...protocols].sort(([a], [b]) => a - b)) {
      if (used.size < 2) continue;
      const of = services.filter((it) => it.data.ports.some(({ number }) => number === port));
      yield {
        at: placeOfName(resource),
        peers: resource.kind === 'Deployment' ? ['IST0116'] : [],
        message: `Port ${port} is ${[...used].sort().join(' and ')} in ${of.length === 1 ? 'Service' : 'Services'} ${quotedList([...new Set(of.map((it) => it.data.name))])}.`,
        related: of.map((it) => ({ at: it, message: `Service "${it.data.name}"` })),
      };
    }
  },
});
