import { defineRule } from '../../../rules/rule.js';
import { meshNamed } from '../lookups.js';
import { mtlsOfMesh } from '../mtls.js';
import { meshOf } from '../names.js';

export const permissionWithoutMtls = defineRule({
  id: 'kuma/permission-without-mtls',
  title: 'A permission in a mesh without mTLS',
  severity: 'warning',
  category: 'pitfall',
  effect: 'Nobody enforces it: every request is let in.',
  why: 'A sidecar knows who calls by the certificate of the caller. Without mTLS there is none, and Kuma leaves permissions out.',
  remedy: 'Enable mTLS for the mesh: a backend in the Mesh, or a MeshIdentity.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: Mesh
metadata: { name: default }
---
apiVersion: kuma.io/v1alpha1
kind: MeshTrafficPermission
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  targetRef: { kind: Dataplane, labels: { app: cart } }
  rules: [{ default: { allow: [{ spiffeID: { type: Exact, value: spiffe://default/ns/shop/sa/web } }] } }]
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

  kinds: ['MeshTrafficPermission'],
  reads: { meshNamed, mtlsOfMesh },

  *check({ resource, read }) {
    const mesh = meshOf(resource);
    const found = mesh === undefined ? [] : read.meshNamed(mesh);
    if (mesh === undefined || found.length === 0) return;
    const { mode, by } = read.mtlsOfMesh(mesh);
    if (mode === 'unknown' || by !== undefined) return;
    yield {
      at: resource.root.get('metadata.name') ?? resource.root,
      certainty: 'owned',
      message: `Mesh "${mesh}" has no mTLS, so that this permission is not enforced.`,
      related: found.slice(0, 1).map((at) => ({ at, message: `Mesh "${mesh}" is defined here` })),
    };
  },
});
