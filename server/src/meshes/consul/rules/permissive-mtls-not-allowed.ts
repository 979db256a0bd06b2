import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { insertEntry, replaceValue } from '../../../yaml/edit.js';
import { scalarAt } from '../fields.js';
import { NOT_SYNCED } from '../names.js';
import { allMeshes } from '../tables.js';

export const permissiveMtlsNotAllowed = defineRule({
  id: 'consul/permissive-mtls-not-allowed',
  title: 'Permissive mutual TLS that the Mesh does not allow',
  severity: 'warning',
  category: 'semantics',
  effect: NOT_SYNCED,
  why: 'The servers take the permissive mode only while the Mesh allows it. Until then the resource stays out of sync, and the old mode holds.',
  remedy: 'Set allowEnablingPermissiveMutualTLS in the Mesh, or use strict.',
  example: {
    bad: `
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
spec: { mutualTLSMode: permissive }
`,
  },

  kinds: ['ServiceDefaults', 'ProxyDefaults'],
  reads: { allMeshes },

  *check({ resource, read }) {
    const mode = resource.root.get('spec.mutualTLSMode');
    if (mode?.text() !== 'permissive') return;
    const found = read.allMeshes('');
    if (found.some((it) => it.data.allowsPermissive)) return;
    const [mesh] = found;
    yield {
      at: mode,
      certainty: 'owned',
      message: mesh
        ? `Mesh "${displayName(mesh.data)}" does not allow permissive mutual TLS.`
        : 'No Mesh in this workspace allows permissive mutual TLS.',
      ...(mesh && { related: [{ at: mesh, message: 'allowEnablingPermissiveMutualTLS is not set here' }], data: mesh.resource }),
    };
  },

  fix({ resource, problem, text, other }) {
    const node = scalarAt(resource, problem);
    const mesh = typeof problem.data === 'string' ? other(problem.data) : undefined;
    const spec = mesh?.resource.root.map('spec');
    const field = 'allowEnablingPermissiveMutualTLS';
    const written = spec?.get(field);
    const edit = mesh && spec && (written ? replaceValue(mesh.text, written, true) : insertEntry(mesh.text, spec, field, 'true'));
    return [
      ...(mesh && edit
        ? [{ title: `Allow permissive mutual TLS in the Mesh (${mesh.file})`, edits: [{ resource: mesh.resource.id, ...edit }] }]
        : []),
      ...(node ? [{ title: 'Change to "strict"', edits: [replaceValue(text, node, 'strict')] }] : []),
    ];
  },
});
