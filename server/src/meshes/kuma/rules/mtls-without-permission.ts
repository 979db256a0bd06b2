import { defineRule } from '../../../rules/rule.js';
import { controlPlane } from '../control-plane.js';
import { hasMember, membersOf } from '../lookups.js';
import { mtlsOfMesh } from '../mtls.js';
import { meshOf } from '../names.js';

export const mtlsWithoutPermission = defineRule({
  id: 'kuma/mtls-without-permission',
  title: 'A mesh has mTLS and nobody is permitted anything',
  severity: 'warning',
  category: 'pitfall',
  effect: 'Every request within the mesh is refused.',
  why: 'Once a mesh has mTLS, traffic needs a MeshTrafficPermission. Kuma makes none by itself.',
  remedy: 'Write the permissions first, then turn mTLS on.',
  unseen: 'info',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: Mesh
metadata: { name: default }
spec: { mtls: { enabledBackend: ca-1, backends: [{ name: ca-1, type: builtin }] } }
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: Mesh
metadata: { name: default }
spec: { mtls: { enabledBackend: ca-1, backends: [{ name: ca-1, type: builtin }] } }
---
apiVersion: kuma.io/v1alpha1
kind: MeshTrafficPermission
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  targetRef: { kind: Dataplane, labels: { app: cart } }
  rules: [{ default: { allow: [{ spiffeID: { type: Exact, value: spiffe://default/ns/shop/sa/web } }] } }]
`,
  },

  kinds: ['Mesh', 'MeshIdentity'],
  reads: { mtlsOfMesh, membersOf, hasMember, controlPlane },

  *check({ resource, read }) {
    const { kind, root, name } = resource;
    const mesh = kind === 'Mesh' ? name : meshOf(resource);
    if (mesh === undefined || mesh === '' || resource.partial) return;
    const plane = read.controlPlane();
    const { by } = read.mtlsOfMesh(mesh);
    if (by !== (kind === 'Mesh' ? 'backend' : 'identity')) return;
    const kinds = plane.version === '3.0' ? ['MeshTrafficPermission'] : ['MeshTrafficPermission', 'TrafficPermission'];
    if (kinds.some((it) => read.hasMember(`${mesh}/${it}`))) return;
    if (kind === 'MeshIdentity') {
      const identities = read.membersOf(`${mesh}/MeshIdentity`).filter((it) => it.data.proxies !== undefined);
      // One of them tells it for all.
      if (identities[0]?.resource !== resource.id) return;
    }
    yield {
      at: (kind === 'Mesh' ? root.get('spec.mtls.enabledBackend') : undefined) ?? root.get('metadata.name') ?? root,
      certainty: 'unseen',
      message: `Mesh "${mesh}" has mTLS and no MeshTrafficPermission.`,
    };
  },

  fix({ resource, read }) {
    const mesh = resource.kind === 'Mesh' ? resource.name : meshOf(resource);
    return [
      {
        title: 'Add a MeshTrafficPermission that denies nobody of the mesh',
        edits: [
          {
            appendDocument: `apiVersion: kuma.io/v1alpha1
kind: MeshTrafficPermission
metadata:
  name: allow-mesh
  namespace: ${read.controlPlane().systemNamespace}
  labels:
    kuma.io/mesh: ${mesh ?? 'default'}
spec:
  rules:
  - default:
      allow:
      - spiffeID:
          type: Prefix
          value: spiffe://${mesh ?? 'default'}/
`,
          },
        ],
      },
    ];
  },
});
