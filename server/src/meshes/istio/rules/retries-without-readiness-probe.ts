import type { Definition } from '../../../model/facts.js';
import { defineRule } from '../../../rules/rule.js';
import type { Workload } from '../../kubernetes/tables.js';
import { canonicalHost } from '../hosts.js';
import { workloadsOfHost } from '../lookups.js';
import { virtualServices } from '../tables.js';
import { quotedList } from '../words.js';

export const retriesWithoutReadinessProbe = defineRule({
  id: 'istio/retries-without-readiness-probe',
  title: 'Retries to pods that never say when they are ready',
  severity: 'hint',
  category: 'pitfall',
  why: 'Without a readiness probe a pod gets requests as soon as its containers run, and keeps them while it cannot answer. Retries then hide each start and each overload, and add to it, since the next pod may be no better.',
  remedy: 'Give the container that answers a readinessProbe.',
  example: { bad: example(''), good: example(', readinessProbe: { httpGet: { path: /ready, port: 80 } }') },

  mentions: ['retries'],
  kinds: ['VirtualService'],
  reads: { workloadsOfHost },

  *check({ resource, read, stated }) {
    if (stated(virtualServices)?.data.destinations.every(({ host, attempts = 0 }) => attempts < 1 || bareOf(host).length === 0) === true)
      return;
    for (const http of resource.root.list('spec.http.*')) {
      const attempts = http.get('retries.attempts');
      if (!attempts || (attempts.number() ?? 0) < 1) continue;
      const hosts = http.list('route.*.destination.host').flatMap((it) => it.text() || []);
      const bare = hosts.flatMap((it) => bareOf(canonicalHost(it, resource.namespace)));
      const names = [...new Set(bare.map((it) => it.data.name))];
      if (names.length === 0) continue;
      yield {
        at: attempts,
        message: `Retries go to pods of ${quotedList(names)}, which ${names.length === 1 ? 'has' : 'have'} no readiness probe: those not ready yet get requests, too.`,
        related: bare.slice(0, 3).map((it) => ({ at: it, message: `${it.data.kind} "${it.data.name}" has no readinessProbe` })),
      };
    }

    /** Workloads of a host without any readiness probe. */
    function bareOf(host: string): readonly Definition<Workload>[] {
      return (read.workloadsOfHost(host) ?? []).filter(
        ({ data }) =>
          !data.containersIncomplete &&
          !data.incomplete &&
          (data.replicas > 1 || data.kind === 'DaemonSet') &&
          data.containers.some((it) => !it.init) &&
          data.containers.every((it) => it.init || !it.hasReadinessProbe),
      );
    }
  },
});

function example(probe: string): string {
  return `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - retries: { attempts: 2 }
    route:
    - destination: { host: cart }
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
  replicas: 3
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, sidecar.istio.io/inject: "true" } }
    spec:
      containers:
      - { name: cart, image: example.org/cart:1, ports: [{ containerPort: 80 }]${probe} }
`;
}
