import { defineRule } from '../../../rules/rule.js';
import type { Resource } from '../../../model/resource.js';
import type { YamlNode } from '../../../yaml/node.js';
import { hasOpaque } from '../../kubernetes/fields.js';
import { controlPlane, type ControlPlane } from '../control-plane.js';
import { isSystem } from '../places.js';
import { hasList, POLICY_KINDS } from '../target-refs.js';
import { headOf } from '../validation/values.js';

export const policyRole = defineRule({
  id: 'kuma/policy-role',
  title: 'A policy of a namespace speaks for two sides at once',
  severity: 'error',
  category: 'schema',
  effect: 'Kuma refuses the policy.',
  why: 'Outside of the system namespace, a policy is either for the workloads of its namespace, or for clients of a service of it (producer), or for what its namespace sends (consumer). Kuma computes which from the lists; where they disagree, there is no answer.',
  remedy: 'Write one policy for each side.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: MeshCircuitBreaker
metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: MeshService, name: cart }
    default: { connectionLimits: { maxConnections: 2 } }
  - targetRef: { kind: MeshService, name: billing, namespace: billing }
    default: { connectionLimits: { maxConnections: 2 } }
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshCircuitBreaker
metadata: { name: billing, namespace: shop, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: MeshService, name: billing, namespace: billing }
    default: { connectionLimits: { maxConnections: 2 } }
`,
  },

  kinds: POLICY_KINDS,
  reads: { controlPlane },

  *check({ resource, read }) {
    const plane = read.controlPlane();
    if (isSystem(resource, plane) !== false || resource.partial) return;
    const spec = resource.root.get('spec');
    if (plane.version === '2.14' && hasList(resource, 'from') && hasList(resource, 'to')) {
      yield { at: headOf(resource.root, 'spec'), message: 'Outside of the system namespace, a policy cannot have both "from" and "to".' };
      return;
    }
    const items = resource.root.list('spec.to.*');
    if (items.some((it) => hasOpaque(it.get('targetRef') ?? it))) return;
    const produced = items.filter((it) => isProduced(it, resource, plane));
    if (produced.length > 0 && produced.length < items.length)
      yield {
        at: headOf(spec, 'to'),
        message: '"to" mixes services of this namespace with others: one part is for all clients, the other for clients of this namespace.',
      };
  },
});

/** Whether an item names a service of the policy's own namespace. */
function isProduced(item: YamlNode, { namespace }: Resource, { version }: ControlPlane): boolean {
  const kind = item.text('targetRef.kind');
  if (kind !== 'MeshService' && kind !== 'MeshHTTPRoute') return false;
  if (version === '2.14')
    return item.has('targetRef.name') && (!item.has('targetRef.namespace') || item.text('targetRef.namespace') === namespace);
  const labels = item.get('targetRef.labels');
  if (labels?.type !== 'map' || labels.entry('kuma.io/display-name') === undefined) return false;
  return labels.entries.every(
    (it) => it.key === 'kuma.io/display-name' || (it.key === 'k8s.kuma.io/namespace' && it.value.text() === namespace),
  );
}
