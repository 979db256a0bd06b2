import type { Definition } from '../../../model/facts.js';
import { displayHost, serviceHost } from '../../../model/hosts.js';
import { defineRule, type Problem } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { servicesOfWorkload } from '../../kubernetes/lookups.js';
import { workloadKey, workloadsOfAccount, type Workload } from '../../kubernetes/tables.js';
import { accessOf } from '../effective/access.js';
import { accountKey, canonicalHost, parsePrincipal } from '../hosts.js';
import { someRouteIsEager, workloadsOfHost } from '../lookups.js';
import { USUAL_ATTEMPTS, virtualServices, virtualServicesByDestination, type VirtualServiceFacts } from '../tables.js';

/** Tries that `USUAL_ATTEMPTS` at each of two hops come to: no reason to say something. */
const USUAL = (1 + USUAL_ATTEMPTS) ** 2;

export const retriesStacked = defineRule({
  id: 'istio/retries-stacked',
  title: 'Retries of a service and of its caller multiply',
  severity: 'info',
  category: 'pitfall',
  effect: 'A service that fails gets that much more load.',
  why: 'Each hop counts its own tries: a caller that is itself tried six times sends six times as many requests to a service that fails. Three retries at each of two hops (16 requests) are usual; this speaks up beyond that. That turns a slow service into one that is down.',
  remedy: 'Retry at one hop, the one nearest to the client, and lower the attempts of the others.',
  example: { bad: example(5), good: example(1) },

  mentions: ['retries'],
  kinds: ['VirtualService'],
  reads: { workloadsOfHost, accessOf, workloadsOfAccount, servicesOfWorkload, virtualServicesByDestination, someRouteIsEager },

  *check({ resource, read, stated }) {
    const own = stated(virtualServices)?.data;
    // Where both hops keep to what is usual, nobody has to know who calls whom.
    if (own?.destinations.every(({ attempts = 0 }) => attempts <= USUAL_ATTEMPTS) === true && !read.someRouteIsEager()) return;
    for (const http of resource.root.list('spec.http.*')) {
      const attempts = http.get('retries.attempts');
      const tries = attempts?.number() ?? 0;
      if (!attempts || tries < 1) continue;
      if (tries <= USUAL_ATTEMPTS && !read.someRouteIsEager()) continue;
      const hosts = http.list('route.*.destination.host').flatMap((it) => it.text() || []);
      const problem = worst(attempts, tries, new Set(hosts.map((it) => canonicalHost(it, resource.namespace))));
      if (problem) yield problem;
    }

    /** The caller whose own tries multiply most. Only policies that list callers tell who calls whom. */
    function worst(at: Problem['at'], own: number, hosts: ReadonlySet<string>): Problem | undefined {
      let found: { route: Definition<VirtualServiceFacts>; host: string; tries: number } | undefined;
      const callers = [...hosts].flatMap((host) => read.workloadsOfHost(host) ?? []).flatMap(callersOf);
      for (const caller of callers) {
        for (const { data } of read.servicesOfWorkload(workloadKey(caller.data))) {
          const host = serviceHost(data.name, data.namespace);
          if (hosts.has(host)) continue;
          for (const route of read.virtualServicesByDestination(host)) {
            const tries = 1 + Math.max(0, ...route.data.destinations.filter((it) => it.host === host).map((it) => it.attempts ?? 0));
            if (tries > 1 && tries > (found?.tries ?? 1)) found = { route, host, tries };
          }
        }
      }
      if (!found || (own + 1) * found.tries <= USUAL) return undefined;
      const { route, host, tries } = found;
      return {
        at,
        message: `Up to ${own + 1} tries here, for each of up to ${tries} of its caller "${displayHost(host)}", are ${(own + 1) * tries} for one request.`,
        related: [{ at: route, message: `VirtualService "${route.data.name}" tries "${displayHost(host)}" up to ${tries} times` }],
        data: Math.max(0, Math.floor(USUAL / tries) - 1),
      };
    }

    function callersOf(workload: Definition<Workload>): readonly Definition<Workload>[] {
      const accounts = read.accessOf(workloadKey(workload.data)).allow.flatMap(({ data }) =>
        data.callers.flatMap((it) => [
          ...(it.principals ?? []).flatMap((principal) => {
            const identity = parsePrincipal(principal);
            return identity ? [`${identity.namespace}/${identity.account}`] : [];
          }),
          ...(it.serviceAccounts ?? []).filter((name) => !name.includes('*')).map((name) => accountKey(name, data.namespace)),
        ]),
      );
      return [...new Set(accounts)].flatMap((it) => read.workloadsOfAccount(it));
    }
  },

  fix({ resource, problem, text }) {
    const node = resource.root.list('spec.http.*.retries.attempts').find((it) => it.start === problem.at.start);
    const fewer = problem.data as number;
    return node ? [{ title: `Set attempts to ${fewer}`, edits: [replaceValue(text, node, fewer)] }] : [];
  },
});

function example(attempts: number): string {
  return `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: payment, namespace: shop }
spec:
  hosts: [payment]
  http:
  - retries: { attempts: ${attempts} }
    route:
    - destination: { host: payment }
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: checkout, namespace: shop }
spec:
  hosts: [checkout]
  http:
  - retries: { attempts: 3 }
    route:
    - destination: { host: checkout }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: payment, namespace: shop }
spec:
  selector: { matchLabels: { app: payment } }
  rules:
  - from:
    - source: { principals: [cluster.local/ns/shop/sa/checkout] }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---${workload('payment')}
---${workload('checkout')}
`;
}

function workload(name: string): string {
  return `
apiVersion: v1
kind: ServiceAccount
metadata: { name: ${name}, namespace: shop }
---
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ports: [{ name: http, port: 80 }] }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      serviceAccountName: ${name}
      containers: [{ name: ${name}, image: "example.org/${name}:1", ports: [{ containerPort: 80 }] }]`;
}
