import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { portOf, targetsNamed } from '../lookups.js';
import { ROUTE_KINDS, targetRefsOf } from '../target-refs.js';
import { resolved } from '../unresolved.js';

export const backendrefPortNotFound = defineRule({
  id: 'kuma/backendref-port-not-found',
  title: 'A route sends requests to a port that its service lacks',
  severity: 'warning',
  category: 'reference',
  effect: 'Kuma leaves the backend out.',
  why: 'A backend is a service and one of its ports. A port that the service lacks is treated as a service that is not there.',
  remedy: 'Use a port of the service.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: MeshTCPRoute
metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: MeshService, name: cart }
    rules: [{ default: { backendRefs: [{ kind: MeshService, name: cart, port: 8080 }] } }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80, appProtocol: http }] }
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshTCPRoute
metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: MeshService, name: cart }
    rules: [{ default: { backendRefs: [{ kind: MeshService, name: cart, port: 80 }] } }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80, appProtocol: http }] }
`,
  },

  kinds: ROUTE_KINDS,
  reads: { targetsNamed },

  *check({ resource, read }) {
    for (const { place, node } of targetRefsOf(resource)) {
      if (place !== 'backend' && place !== 'mirror') continue;
      const target = resolved(resource, node, read);
      if (target === undefined) continue;
      for (const field of ['port', 'sectionName']) {
        const at = node.get(field);
        const written = at?.number() ?? at?.text();
        if (at === undefined || written === undefined || portOf(target, written) !== undefined) continue;
        const ports = target.data.ports.flatMap((it) => (field === 'port' ? (it.number ?? []) : (it.name ?? String(it.number ?? ''))));
        yield {
          at,
          message: `"${target.data.name}" has no port ${String(written)}${ports.length === 0 ? '' : ` (it has ${ports.join(', ')})`}.`,
          related: [{ at: target, message: `"${target.data.name}" is defined here` }],
          data: { ports },
        };
      }
    }
  },

  fix({ resource, problem, text }) {
    const { ports } = problem.data as { ports: readonly (string | number)[] };
    const node = targetRefsOf(resource)
      .flatMap((it) => [it.node.get('port'), it.node.get('sectionName')])
      .find((it) => it?.start === problem.at.start);
    if (node === undefined) return [];
    return ports.slice(0, 3).map((port) => ({
      title: `Change to ${port}`,
      preferred: ports.length === 1,
      edits: [replaceValue(text, node, port)],
    }));
  },
});
