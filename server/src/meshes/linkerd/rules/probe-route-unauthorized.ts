import { defineRule, type Evidence } from '../../../rules/rule.js';
import { accessOfServer, admitsUnmeshed } from '../access.js';
import { keyOf } from '../kinds/shared.js';
import { portsOfServer, workloadsOfServer } from '../lookups.js';
import { servers, type RouteFacts, type RouteMatch } from '../tables.js';
import { needsIdentity } from '../words.js';

export const probeRouteUnauthorized = defineRule({
  id: 'linkerd/probe-route-unauthorized',
  title: 'Probe that the first route of a Server shuts out',
  severity: 'warning',
  category: 'pitfall',
  effect: 'The probe fails, and the pod is restarted or never gets ready.',
  why: 'As long as a Server has no route, Linkerd lets probes of the kubelet in by itself. The first HTTPRoute that is attached ends that: from then on a probe needs a route for its path, and a policy about it that asks for no identity, for the kubelet has none.',
  remedy:
    'Attach a route for the paths of the probes, and a policy about it that asks for a NetworkAuthentication of 0.0.0.0/0 and ::/0, or of the networks of the nodes.',
  example: {
    bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart }, annotations: { linkerd.io/inject: enabled } }
    spec:
      containers:
      - { name: cart, image: example.org/cart:1, ports: [{ name: http, containerPort: 8080 }], livenessProbe: { httpGet: { path: /healthz, port: http } } }
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, port: http }
---
apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: policy.linkerd.io, kind: Server, name: cart }]
  rules: [{ matches: [{ path: { value: /items } }] }]
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  targetRef: { group: policy.linkerd.io, kind: HTTPRoute, name: cart }
  requiredAuthenticationRefs: [{ kind: ServiceAccount, name: default }]
`,
    good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart }, annotations: { linkerd.io/inject: enabled } }
    spec:
      containers:
      - { name: cart, image: example.org/cart:1, ports: [{ name: http, containerPort: 8080 }], livenessProbe: { httpGet: { path: /healthz, port: http } } }
---
apiVersion: policy.linkerd.io/v1beta3
kind: Server
metadata: { name: cart, namespace: shop }
spec: { podSelector: { matchLabels: { app: cart } }, port: http }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  targetRef: { group: policy.linkerd.io, kind: Server, name: cart }
  requiredAuthenticationRefs: [{ kind: ServiceAccount, name: default }]
`,
  },

  kinds: ['Server'],
  reads: { servers, workloadsOfServer, accessOfServer },

  *check({ resource, read }) {
    const server = read.servers(keyOf(resource)).find((it) => it.resource === resource.id)?.data;
    const policy = server?.accessPolicy;
    if (server === undefined || server.incomplete || policy === undefined || !(policy === 'deny' || needsIdentity(policy))) return;
    const { policies, authorizations, routes } = read.accessOfServer(keyOf(resource));
    const attached = routes.filter((it) => it.route.data.kind === 'HTTPRoute');
    if (attached.length === 0 || attached.some((it) => it.route.data.incomplete)) return;
    const isOpen = policies.some(admitsUnmeshed) || authorizations.some((it) => it.data.unauthenticated);
    const told = new Set<string>();
    for (const workload of read.workloadsOfServer(keyOf(resource))) {
      const ports = portsOfServer(server, workload.data);
      const named = new Map(workload.data.containers.flatMap((it) => it.ports.map((port) => [port.name, port.number] as const)));
      for (const { path, port } of workload.data.containers.flatMap((it) => it.probes)) {
        const number = typeof port === 'number' ? port : named.get(port);
        if (number === undefined || !ports.includes(number) || told.has(path)) continue;
        const taking = attached.filter((it) => takesProbe(it.route.data, path));
        if (taking.some((it) => isOpen || it.policies.some(admitsUnmeshed))) continue;
        told.add(path);
        yield {
          at: resource.root.get('metadata.name')!,
          message: `${taking.length === 0 ? `No route of this Server takes the probe "${path}"` : `No policy lets in the probe "${path}"`} of "${workload.data.name}".`,
          related: [
            { at: workload, message: `"${workload.data.name}" has the probe` },
            ...attached
              .slice(0, 3)
              .map((it): Evidence => ({ at: it.route, message: `HTTPRoute "${it.route.data.name}" ends the probes' own way in` })),
          ],
        };
      }
    }
  },
});

/** Whether a route takes GET requests of a path. */
function takesProbe({ matches }: RouteFacts, path: string): boolean {
  return (
    matches.length === 0 || matches.some((it) => !it.special && (it.method ?? 'GET') === 'GET' && matchesPath(it, path.replace(/\?.*/, '')))
  );
}

function matchesPath({ type, path: written }: RouteMatch, path: string): boolean {
  switch (type) {
    case 'Exact':
      return written === path;
    case 'RegularExpression':
      try {
        return new RegExp(`^(?:${written})$`).test(path);
      } catch {
        return true; // not one of JavaScript: nobody can tell
      }
    default: {
      const prefix = written.endsWith('/') ? written.slice(0, -1) : written;
      return path === prefix || path.startsWith(`${prefix}/`);
    }
  }
}
