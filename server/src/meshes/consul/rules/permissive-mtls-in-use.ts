import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { scalarAt } from '../fields.js';
import { allMeshes } from '../tables.js';

export const permissiveMtlsInUse = defineRule({
  id: 'consul/permissive-mtls-in-use',
  title: 'Permissive mutual TLS lets plain text in',
  severity: 'info',
  category: 'policy',
  effect: 'Callers outside the mesh pass by the intentions.',
  why: 'A proxy in this mode takes plain text at the port of the application. Intentions are not asked about such connections, for nobody knows who calls.',
  remedy: 'Change to strict as soon as all callers are in the mesh.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: Mesh
metadata: { name: mesh, namespace: consul }
spec: { allowEnablingPermissiveMutualTLS: true }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { mutualTLSMode: permissive }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: Mesh
metadata: { name: mesh, namespace: consul }
spec: { allowEnablingPermissiveMutualTLS: true }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { mutualTLSMode: strict }
`,
  },

  kinds: ['ServiceDefaults', 'ProxyDefaults'],
  reads: { allMeshes },

  *check({ resource, read }) {
    const mode = resource.root.get('spec.mutualTLSMode');
    if (mode?.text() !== 'permissive' || !read.allMeshes('').some((it) => it.data.allowsPermissive)) return;
    const whose = resource.kind === 'ProxyDefaults' ? 'Every service' : `Service "${resource.name}"`;
    yield { at: mode, message: `${whose} takes plain text beside mutual TLS.` };
  },

  fix({ resource, problem, text }) {
    const node = scalarAt(resource, problem);
    return node ? [{ title: 'Change to "strict"', edits: [replaceValue(text, node, 'strict')] }] : [];
  },
});
