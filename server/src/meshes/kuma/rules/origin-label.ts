import { defineRule, type Problem } from '../../../rules/rule.js';
import { insertEntry, replaceValue } from '../../../yaml/edit.js';
import { controlPlane } from '../control-plane.js';
import { RESOURCE_KINDS } from '../names.js';
import { isSystem } from '../places.js';
import { POLICY_KINDS } from '../target-refs.js';
import { headOf, isHidden } from '../validation/values.js';

const ORIGIN = 'kuma.io/origin';

export const originLabel = defineRule({
  id: 'kuma/origin-label',
  title: 'The label for the origin of an object is missing or wrong',
  severity: 'error',
  category: 'schema',
  effect: 'Kuma refuses it.',
  why: 'In a mesh of several zones every object has an origin: the global control plane, or a zone. In the system namespace of a zone, only what says that it is of the zone can be told from what comes from the global control plane.',
  remedy: 'Set label kuma.io/origin: "zone" on a zone, "global" or none on a global control plane.',
  example: {
    settings: { kuma: { mode: 'zone' } },
    bad: `
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
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default, kuma.io/origin: zone } }
spec:
  to:
  - targetRef: { kind: Mesh }
    default: { connectionLimits: { maxConnections: 2 } }
`,
  },

  kinds: [...POLICY_KINDS, ...RESOURCE_KINDS],
  reads: { controlPlane },

  *check({ resource, read }) {
    const plane = read.controlPlane();
    const metadata = resource.root.get('metadata');
    const labels = metadata?.get('labels');
    const node = labels?.type === 'map' ? labels.entry(ORIGIN)?.value : undefined;
    const origin = node?.text();
    if (node !== undefined && origin === undefined) return;
    if (node !== undefined && origin !== 'zone' && origin !== 'global') {
      yield { at: node, message: `"${origin!}" is no origin; it is "zone" or "global".` } satisfies Problem;
      return;
    }
    if (plane.mode === 'global' && origin === 'zone' && node !== undefined)
      yield { at: node, message: 'On a global control plane the origin cannot be "zone".' };
    if (plane.mode !== 'zone' || origin === 'zone' || isSystem(resource, plane) !== true) return;
    if (resource.partial || isHidden(labels) || isHidden(metadata)) return;
    yield {
      at: node ?? headOf(metadata, 'labels'),
      message: `In the system namespace of a zone, a ${resource.kind} needs label "${ORIGIN}: zone".`,
    };
  },

  fix({ resource, text }) {
    const metadata = resource.root.map('metadata');
    const labels = metadata?.map('labels');
    const node = labels?.entry(ORIGIN)?.value;
    if (metadata === undefined) return [];
    if (node !== undefined)
      return ['zone', 'global']
        .filter((it) => it !== node.text())
        .map((it) => ({ title: `Change to "${it}"`, edits: [replaceValue(text, node, it)] }));
    return [
      {
        title: `Add label "${ORIGIN}: zone"`,
        preferred: true,
        edits: [
          labels
            ? insertEntry(text, labels, ORIGIN, 'zone')
            : insertEntry(text, metadata, 'labels', `${ORIGIN}: zone`, metadata.entry('namespace') ? 'namespace' : 'name'),
        ],
      },
    ];
  },
});
