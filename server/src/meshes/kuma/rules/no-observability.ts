import { defineRule } from '../../../rules/rule.js';
import { membersOf, meshNamed } from '../lookups.js';
import { meshOf } from '../names.js';

const SHAPING = ['MeshFaultInjection', 'MeshHTTPRoute', 'MeshRateLimit', 'MeshRetry', 'MeshTimeout'];
const OBSERVING = ['MeshMetric', 'MeshAccessLog', 'MeshTrace', 'TrafficLog', 'TrafficTrace'];

export const noObservability = defineRule({
  id: 'kuma/no-observability',
  title: 'A mesh shapes traffic that nobody observes',
  severity: 'info',
  category: 'pitfall',
  effect: 'Nobody sees what these policies do to requests.',
  why: 'Retries, timeouts, limits and routes change what callers meet. Without metrics, access logs or traces, nobody can tell whether they help.',
  remedy: 'Write a MeshMetric, MeshAccessLog or MeshTrace first.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: MeshTimeout
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: Mesh }
    default: { idleTimeout: 20s }
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshTimeout
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: Mesh }
    default: { idleTimeout: 20s }
---
apiVersion: kuma.io/v1alpha1
kind: MeshMetric
metadata: { name: all, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec: { default: { backends: [{ type: Prometheus, prometheus: { port: 5670 } }] } }
`,
  },

  kinds: SHAPING,
  reads: { membersOf, meshNamed },

  *check({ resource, read }) {
    const mesh = meshOf(resource);
    if (mesh === undefined || resource.name === '') return;
    if (OBSERVING.some((kind) => read.membersOf(`${mesh}/${kind}`).length > 0)) return;
    const meshes = read.meshNamed(mesh);
    if (meshes.some((it) => it.data.observed || it.data.incomplete)) return;
    const shaping = SHAPING.flatMap((kind) => read.membersOf(`${mesh}/${kind}`)).filter((it) => it.data.mesh === mesh);
    const [first] = shaping.sort((a, b) =>
      a.data.name < b.data.name ? -1 : a.data.name > b.data.name ? 1 : a.resource < b.resource ? -1 : 1,
    );
    // One of them tells it for the mesh.
    if (first?.resource !== resource.id) return;
    yield {
      at: resource.root.get('metadata.name') ?? resource.root,
      certainty: meshes.length > 0 ? 'owned' : 'unseen',
      message: `Mesh "${mesh}" has policies such as this ${resource.kind}, and no metrics, access logs or traces.`,
    };
  },
});
