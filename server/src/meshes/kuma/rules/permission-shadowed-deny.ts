import { defineRule } from '../../../rules/rule.js';
import { controlPlane } from '../control-plane.js';
import { headOf } from '../validation/values.js';

export const permissionShadowedDeny = defineRule({
  id: 'kuma/permission-shadowed-deny',
  title: 'An Allow for everybody comes after a Deny for some',
  severity: 'warning',
  category: 'semantics',
  effect: 'The Deny has no effect: those clients are let in.',
  why: 'Items of "from" are merged in their order, and where two are for the same client the later one wins.',
  remedy: 'Put the Deny behind the Allow.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: MeshTrafficPermission
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  targetRef: { kind: Dataplane, labels: { app: cart } }
  from:
  - targetRef: { kind: MeshSubset, tags: { app: batch } }
    default: { action: Deny }
  - targetRef: { kind: Mesh }
    default: { action: Allow }
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshTrafficPermission
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  targetRef: { kind: Dataplane, labels: { app: cart } }
  from:
  - targetRef: { kind: Mesh }
    default: { action: Allow }
  - targetRef: { kind: MeshSubset, tags: { app: batch } }
    default: { action: Deny }
`,
    settings: { rules: { 'kuma/deprecated': 'off' } },
  },

  kinds: ['MeshTrafficPermission'],
  reads: { controlPlane },

  *check({ resource, read }) {
    if (read.controlPlane().version === '3.0') return;
    const items = resource.root.list('spec.from.*');
    for (const [i, item] of items.entries()) {
      if (item.text('targetRef.kind') !== 'Mesh' || item.text('default.action') !== 'Allow') continue;
      const denied = items.slice(0, i).filter((it) => {
        const kind = it.text('targetRef.kind');
        return kind !== undefined && kind !== 'Mesh' && it.text('default.action') === 'Deny';
      });
      if (denied.length === 0) continue;
      yield {
        at: item.get('default.action') ?? headOf(item, 'default'),
        message: `This Allow for everybody comes after ${denied.length === 1 ? 'a Deny' : `${denied.length} Denies`} and overrides ${denied.length === 1 ? 'it' : 'them'}.`,
        related: denied.map((it) => ({ at: it.get('default.action')!, message: 'It denies here what is allowed below' })),
      };
    }
  },
});
