import { defineRule } from '../../../rules/rule.js';
import { controlPlane } from '../control-plane.js';
import { LEGACY_KINDS } from '../names.js';

const NOT_ON_ZONE = ['Mesh', 'MeshMultiZoneService', ...LEGACY_KINDS];

export const wrongControlPlane = defineRule({
  id: 'kuma/wrong-control-plane',
  title: 'An object that this control plane does not take',
  severity: 'error',
  category: 'schema',
  effect: 'Kuma refuses it.',
  why: 'In a mesh of several zones, meshes, services of several zones and the first policies are written on the global control plane, which sends them to the zones. Proxies register with their zone only.',
  remedy: 'Apply it to the other control plane. Setting kuma.mode says which one these files are for.',
  example: {
    settings: { kuma: { mode: 'zone' } },
    bad: `
apiVersion: kuma.io/v1alpha1
kind: Mesh
metadata: { name: prod }
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshService
metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: prod } }
spec:
  selector: { dataplaneTags: { app: cart } }
  ports: [{ name: http, port: 80 }]
`,
  },

  kinds: [...NOT_ON_ZONE, 'Dataplane'],
  reads: { controlPlane },

  *check({ resource, read }) {
    const { mode } = read.controlPlane();
    const { kind, root } = resource;
    const at = root.get('kind') ?? root;
    if (mode === 'zone' && NOT_ON_ZONE.includes(kind))
      yield { at, message: `A ${kind} is written on the global control plane, not on that of a zone.` };
    if (mode === 'global' && kind === 'Dataplane')
      yield { at, message: 'A Dataplane registers with the control plane of its zone, not with the global one.' };
  },
});
