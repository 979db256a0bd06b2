import { defineRule } from '../../../rules/rule.js';
import { insertEntry } from '../../../yaml/edit.js';
import { targetKey } from '../kinds/shared.js';
import { targetsNamed } from '../lookups.js';
import { ROUTE_KINDS, targetRefsOf } from '../target-refs.js';
import { headOf, isHidden } from '../validation/values.js';

export const backendrefPortRequired = defineRule({
  id: 'kuma/backendref-port-required',
  title: 'A backend of several zones has no port',
  severity: 'error',
  category: 'schema',
  effect: 'Kuma refuses the route.',
  why: 'A MeshMultiZoneService may have ports that differ from those of the services behind it, so that a route has to say which one it means.',
  remedy: 'Add "port" with a port of the MeshMultiZoneService.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: MeshTCPRoute
metadata: { name: db, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: MeshService, name: db_shop_svc_5432 }
    rules: [{ default: { backendRefs: [{ kind: MeshMultiZoneService, name: db }] } }]
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshTCPRoute
metadata: { name: db, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: MeshService, name: db_shop_svc_5432 }
    rules: [{ default: { backendRefs: [{ kind: MeshMultiZoneService, name: db, port: 5432 }] } }]
`,
  },

  kinds: ROUTE_KINDS,
  reads: { targetsNamed },

  *check({ resource }) {
    for (const { place, kind, node } of targetRefsOf(resource)) {
      if ((place !== 'backend' && place !== 'mirror') || kind !== 'MeshMultiZoneService' || node.has('port') || isHidden(node)) continue;
      yield { at: headOf(node, 'kind'), message: 'A backend of kind "MeshMultiZoneService" needs "port".' };
    }
  },

  fix({ resource, problem, read, text }) {
    const ref = targetRefsOf(resource).find(({ node }) => headOf(node, 'kind').start === problem.at.start);
    const key = ref && targetKey(ref.node, resource);
    if (ref?.node.type !== 'map' || key === undefined) return [];
    const { node } = ref;
    const ports = [...new Set(read.targetsNamed(key).flatMap((it) => it.data.ports.flatMap((port) => port.number ?? [])))];
    return ports.slice(0, 3).map((port) => ({
      title: `Add port ${port}`,
      preferred: ports.length === 1,
      edits: [insertEntry(text, node, 'port', String(port), 'name')],
    }));
  },
});
