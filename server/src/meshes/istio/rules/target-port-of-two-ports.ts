import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { servicesOfWorkload } from '../../kubernetes/lookups.js';
import { injectionOf, isManagedByIstio } from '../injection.js';
import { placeOfName } from '../places.js';
import { quotedList } from '../words.js';

export const targetPortOfTwoPorts = defineRule({
  id: 'istio/target-port-of-two-ports',
  title: 'Several Service ports lead to the same port of a workload',
  severity: 'warning',
  category: 'semantics',
  peers: ['IST0137'],
  effect: 'Its proxy uses the settings of one of them for all.',
  why: 'The proxy of a pod has one inbound listener for each container port. Where several Service ports lead there, protocol and policies of one of them are used.',
  remedy: 'Lead one Service port to each container port.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: 8080 }, { name: http-old, port: 81, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: ['Deployment', 'StatefulSet', 'DaemonSet'],
  reads: { servicesOfWorkload, injectionOf },

  *check({ resource, read }) {
    const key = `${namespaceKey(resource.namespace)}/${resource.kind}/${resource.name}`;
    if (read.injectionOf(key).state !== 'injected' || isManagedByIstio(resource)) return;
    const services = read.servicesOfWorkload(key);
    const leading = new Map<string, Set<number>>();
    for (const { data } of services) {
      for (const { number, targetPort } of data.ports) {
        if (number === undefined) continue;
        const target = String(targetPort === undefined || targetPort === 0 ? number : targetPort);
        leading.set(target, (leading.get(target) ?? new Set()).add(number));
      }
    }
    for (const [target, ports] of [...leading].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (ports.size < 2) continue;
      const of = services.filter((it) => it.data.ports.some(({ number, targetPort }) => String(targetPort ?? number) === target));
      yield {
        at: placeOfName(resource),
        peers: resource.kind === 'Deployment' ? ['IST0137'] : [],
        message: `Ports ${[...ports].sort((a, b) => a - b).join(' and ')} of ${of.length === 1 ? 'Service' : 'Services'} ${quotedList([...new Set(of.map((it) => it.data.name))])} all lead to ${target}.`,
        related: of.map((it) => ({ at: it, message: `Service "${it.data.name}"` })),
      };
    }
  },
});
