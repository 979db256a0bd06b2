import type { Emit } from '../../../model/kind.js';
import type { Resource } from '../../../model/resource.js';
import { annotationSitesIn } from '../../kubernetes/annotation-sites.js';
import { meshSigns } from '../../kubernetes/tables.js';
import { containerPatchNamed, meshNamed } from '../lookups.js';
import { INJECTION_LABEL, MESH_LABEL } from '../names.js';

const PATCHES = 'kuma.io/container-patches';

/** What labels and annotations of namespaces, services and pods name: a mesh, container patches. */
export function extractKeys(resource: Resource, emit: Emit): void {
  for (const field of ['labels', 'annotations'] as const) {
    for (const { name, value } of annotationSitesIn(
      resource,
      (it) => it === MESH_LABEL || it === INJECTION_LABEL || it === PATCHES,
      field,
    )) {
      if (field === 'labels' && name === INJECTION_LABEL) emit.define(meshSigns, 'kuma', value, null);
      const text = value.text();
      if (text === undefined || text === '') continue;
      if (name === INJECTION_LABEL) continue;
      if (name === MESH_LABEL) emit.refer(meshNamed, text, value);
      else if (field === 'annotations' && !text.includes(',')) emit.refer(containerPatchNamed, text.trim(), value);
    }
  }
}
