import { defineRule } from '../../../rules/rule.js';
import { namespaceKey } from '../../../model/resource.js';
import { POD_KINDS } from '../../kubernetes/pod-templates.js';
import { workloadKey, workloads } from '../../kubernetes/tables.js';
import { controlPlane } from '../control-plane.js';
import { injectionOf, isEnabling, meshOfWorkload, namespaceAtHand } from '../injection.js';
import { mtlsOfMesh } from '../mtls.js';
import { INJECTION_LABEL, MESH_LABEL } from '../names.js';

export const strictMtlsWithoutInjection = defineRule({
  id: 'kuma/strict-mtls-without-injection',
  title: 'A workload of a mesh with strict mTLS has no sidecar',
  severity: 'warning',
  category: 'pitfall',
  effect: 'It can call nobody in the mesh: they refuse plaintext.',
  why: 'With strict mTLS every sidecar refuses what is not encrypted. A workload that is meant to be in the mesh, and has no sidecar, is cut off.',
  remedy: 'Enable injection for it, or make mTLS permissive until all workloads have sidecars.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: Mesh
metadata: { name: default }
spec: { mtls: { enabledBackend: ca-1, backends: [{ name: ca-1, type: builtin }] } }
---
apiVersion: kuma.io/v1alpha1
kind: MeshTrafficPermission
metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec: { rules: [{ default: { allow: [{ spiffeID: { type: Exact, value: spiffe://default/web } }] } }] }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { kuma.io/mesh: default } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
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
spec: { rules: [{ default: { allow: [{ spiffeID: { type: Exact, value: spiffe://default/web } }] } }] }
---
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { kuma.io/mesh: default, kuma.io/sidecar-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: POD_KINDS,
  reads: { workloads, injectionOf, meshOfWorkload, mtlsOfMesh, namespaceAtHand, controlPlane },

  *check({ resource, read }) {
    const { namespace, kind, name } = resource;
    if (namespace === undefined) return;
    const place = read.namespaceAtHand(namespace);
    const workload = read.workloads(`${namespaceKey(namespace)}/${kind}/${name}`)[0];
    if (place === undefined || workload === undefined || namespace === read.controlPlane().systemNamespace) return;
    const isClaimed =
      MESH_LABEL in place.data.labels || isEnabling(place.data.labels[INJECTION_LABEL]) || MESH_LABEL in workload.data.labels;
    if (!isClaimed) return;
    const key = workloadKey(workload.data);
    const injection = read.injectionOf(key);
    const mesh = read.meshOfWorkload(key);
    if (injection.state !== 'none' || mesh === undefined || injection.why === 'exempt') return;
    const { mode, sites } = read.mtlsOfMesh(mesh);
    if (mode !== 'strict') return;
    yield {
      at: resource.root.get('metadata.name') ?? resource.root,
      message: `${kind} "${name}" has no sidecar, and mesh "${mesh}" has strict mTLS.`,
      related: [
        ...sites.slice(0, 1).map((at) => ({ at, message: `mTLS of mesh "${mesh}" is set here` })),
        ...(injection.decidedBy ? [{ at: injection.decidedBy, message: 'Injection is decided here' }] : []),
      ],
    };
  },
});
