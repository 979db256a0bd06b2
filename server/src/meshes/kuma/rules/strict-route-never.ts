import { defineRule } from '../../../rules/rule.js';
import { controlPlane } from '../control-plane.js';
import { sectionIn } from '../kinds/shared.js';
import { portOf, targetsNamed, type Target } from '../lookups.js';
import type { DestinationPort } from '../tables.js';
import { targetRefsOf } from '../target-refs.js';
import { resolved } from '../unresolved.js';

const HTTP = ['http', 'http2', 'grpc', 'kubernetes.io/h2c', 'kubernetes.io/ws'];

export const strictRouteNever = defineRule({
  id: 'kuma/strict-route-never',
  title: 'A route for HTTP to a port that carries something else',
  severity: 'warning',
  category: 'semantics',
  effect: 'The route has no effect: the port is passed through as TCP.',
  why: 'Kuma reads the protocol of a port from "appProtocol" of the Service. Where it is not HTTP, HTTP/2 or gRPC, or where nothing is said, proxies do not look into the traffic, and rules of a MeshHTTPRoute never match.',
  remedy: 'Set "appProtocol: http" on the port of the Service, or use a MeshTCPRoute.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: MeshHTTPRoute
metadata: { name: db, namespace: shop, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: MeshService, name: db }
    rules:
    - matches: [{ path: { type: PathPrefix, value: / } }]
      default: { backendRefs: [{ kind: MeshService, name: db, port: 5432 }] }
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop }
spec: { ports: [{ name: pg, port: 5432, appProtocol: tcp }] }
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshHTTPRoute
metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: MeshService, name: cart }
    rules:
    - matches: [{ path: { type: PathPrefix, value: / } }]
      default: { backendRefs: [{ kind: MeshService, name: cart, port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80, appProtocol: http }] }
`,
  },

  kinds: ['MeshHTTPRoute'],
  reads: { targetsNamed, controlPlane },

  *check({ resource, read }) {
    for (const { place, kind, node } of targetRefsOf(resource)) {
      if (place !== 'to' || kind !== 'MeshService') continue;
      const target = resolved(resource, node, read);
      const ports = target === undefined ? [] : portsMeant(target, sectionIn(node));
      if (target === undefined || ports.length === 0 || ports.some((it) => HTTP.includes(it.appProtocol?.toLowerCase() ?? ''))) continue;
      const said = ports.find((it) => it.appProtocol !== undefined) ?? ports.find((it) => isOther(it.name));
      const at = node.get('name')!;
      const related = [{ at: target, message: `"${target.data.name}" is defined here` }];
      if (said !== undefined)
        yield {
          at,
          related,
          message: `Port ${said.number ?? ''} of "${target.data.name}" carries ${said.appProtocol ?? said.name ?? ''}, not HTTP.`,
        };
      else
        yield { at, related, severity: 'info', message: `No port of "${target.data.name}" says "appProtocol", so that all of it is TCP.` };
    }
  },
});

function portsMeant({ data }: Target, section: string | undefined): readonly DestinationPort[] {
  if (section === undefined) return data.ports;
  const port = portOf({ data } as Target, section);
  return port === undefined ? [] : [port];
}

/** Whether the name of a port tells of a protocol that is not HTTP. */
function isOther(name: string | undefined): boolean {
  return name !== undefined && /^(tcp|mysql|kafka|tls)(-|$)/.test(name);
}
