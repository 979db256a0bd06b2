import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { controlPlane } from '../control-plane.js';
import { allowedKinds } from '../places.js';
import { POLICY_KINDS, TARGET_KINDS, targetRefsOf } from '../target-refs.js';

export const targetrefKind = defineRule({
  id: 'kuma/targetref-kind',
  title: 'A policy points at a kind that it cannot point at',
  severity: 'error',
  category: 'schema',
  effect: 'Kuma refuses the policy.',
  why: 'Each policy takes certain kinds at its top, in "from", in "to" and as backends. Which they are depends on the kind of the policy, on the version of Kuma, and on whether the policy is in the system namespace.',
  remedy: 'Point at one of the kinds that the message names.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: MeshCircuitBreaker
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: MeshHTTPRoute, name: cart }
    default: { connectionLimits: { maxConnections: 2 } }
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshCircuitBreaker
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: MeshService, name: cart_shop_svc_80 }
    default: { connectionLimits: { maxConnections: 2 } }
`,
  },

  kinds: POLICY_KINDS,
  reads: { controlPlane },

  *check({ resource, read }) {
    const plane = read.controlPlane();
    for (const ref of targetRefsOf(resource)) {
      const { kind, node } = ref;
      // Kinds that no version knows, the schema reports.
      if (kind === undefined || !TARGET_KINDS.includes(kind)) continue;
      const allowed = allowedKinds(resource, ref, plane);
      if (allowed === undefined || allowed.includes(kind)) continue;
      const isGone = plane.version === '3.0' && kind === 'MeshServiceSubset';
      yield {
        at: node.get('kind')!,
        peers: isGone ? ['kuma/removed-in-3'] : [],
        message: `A ${resource.kind} cannot point at a ${kind} ${PLACES[ref.place]}; it takes ${allowed.join(', ')}.`,
        data: { kind: kind === 'MeshSubset' && allowed.includes('Dataplane') ? 'Dataplane' : undefined },
      };
    }
  },

  fix({ resource, problem, text }) {
    const ref = targetRefsOf(resource).find((it) => it.node.get('kind')?.start === problem.at.start);
    const { kind } = problem.data as { kind?: string };
    if (ref?.node.type !== 'map' || kind === undefined) return [];
    const tags = ref.node.entry('tags');
    // Other tags than labels of pods select nothing on a Dataplane.
    if (tags?.value.type === 'map' && tags.value.entries.some((it) => it.key.includes('kuma.io/'))) return [];
    return [
      {
        title: 'Select Dataplanes by labels',
        edits: [replaceValue(text, ref.node.get('kind')!, kind), ...(tags === undefined ? [] : [{ range: tags.keyRange, text: 'labels' }])],
      },
    ];
  },
});

const PLACES = { top: 'with its "targetRef"', from: 'in "from"', to: 'in "to"', backend: 'as a backend', mirror: 'as a mirror' };
