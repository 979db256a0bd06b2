import { defineRule } from '../../../rules/rule.js';
import { firstShapingPolicy, hasMember, meshNamed, SHAPING_KINDS } from '../lookups.js';
import { meshOf } from '../names.js';

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

  kinds: SHAPING_KINDS,
  reads: { firstShapingPolicy, hasMember, meshNamed },

  *check({ resource, read }) {
    const mesh = meshOf(resource);
    if (mesh === undefined || resource.name === '') return;
    // One of them tells it for the mesh.
    if (read.firstShapingPolicy(mesh) !== resource.id || OBSERVING.some((kind) => read.hasMember(`${mesh}/${kind}`))) return;
    const meshes = read.meshNamed(mesh);
    if (meshes.some((it) => it.data.observed || it.data.incomplete)) return;
    yield {
      at: resource.root.get('metadata.name') ?? resource.root,
      certainty: meshes.length > 0 ? 'owned' : 'unseen',
      message: `Mesh "${mesh}" has policies such as this ${resource.kind}, and no metrics, access logs or traces.`,
    };
  },
});
