import { defineRule } from '../../../rules/rule.js';
import { displayName } from '../../../model/resource.js';
import { controlPlane } from '../control-plane.js';
import { membersOf } from '../lookups.js';
import { LEGACY_KINDS, meshOf, SUCCESSORS } from '../names.js';

export const legacyNewMix = defineRule({
  id: 'kuma/legacy-new-mix',
  title: 'A mesh has a policy of the first kinds and one of their successors',
  severity: 'warning',
  category: 'semantics',
  effect: 'Where both match, only the new policy counts.',
  why: 'Kuma ignores a policy of the first kinds for every proxy that a policy of its successor is for. Which one is in force then depends on who matches what.',
  remedy: 'Write the older policy anew as the newer kind, and delete it.',
  example: {
    settings: { rules: { 'kuma/legacy-policy': 'off' } },
    bad: `
apiVersion: kuma.io/v1alpha1
kind: CircuitBreaker
mesh: default
metadata: { name: all }
spec:
  sources: [{ match: { kuma.io/service: '*' } }]
  destinations: [{ match: { kuma.io/service: '*' } }]
---
apiVersion: kuma.io/v1alpha1
kind: MeshCircuitBreaker
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: Mesh }
    default: { connectionLimits: { maxConnections: 2 } }
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshCircuitBreaker
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: Mesh }
    default: { connectionLimits: { maxConnections: 2 } }
`,
  },

  kinds: LEGACY_KINDS,
  reads: { membersOf, controlPlane },

  *check({ resource, read }) {
    const mesh = meshOf(resource);
    if (mesh === undefined || read.controlPlane().version === '3.0') return;
    const newer = SUCCESSORS[resource.kind]!.filter((it) => it !== 'HostnameGenerator').flatMap((kind) =>
      read.membersOf(`${mesh}/${kind}`),
    );
    const [first] = newer.filter((it) => it.data.mesh === mesh);
    if (first === undefined) return;
    yield {
      at: resource.root.get('metadata.name') ?? resource.root,
      message: `Mesh "${mesh}" has ${first.data.kind} "${displayName(first.data)}" beside this ${resource.kind}.`,
      related: [{ at: first, message: `${first.data.kind} "${displayName(first.data)}" is defined here` }],
    };
  },
});
