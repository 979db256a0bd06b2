import type { Emit } from '../../../model/kind.js';
import { namespaceKey, type Resource } from '../../../model/resource.js';
import { annotationSitesIn } from '../../kubernetes/annotation-sites.js';
import { meshSigns } from '../../kubernetes/tables.js';
import { backendRefsOf } from '../../gateway-api/references.js';
import { containerPatchNamed, meshNamed, targetsNamed } from '../lookups.js';
import { GROUP } from './shared.js';
import { INJECTION_LABEL, MESH_LABEL } from '../names.js';
import { namespaceMarks } from '../tables.js';

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
      if (resource.kind === 'Namespace' && name !== PATCHES) emit.define(namespaceMarks, `${resource.name}/${name}`, value, null);
      const text = value.text();
      if (text === undefined || text === '') continue;
      if (name === INJECTION_LABEL) continue;
      if (name === MESH_LABEL) emit.refer(meshNamed, text, value);
      else if (field === 'annotations' && !text.includes(',')) emit.refer(containerPatchNamed, text.trim(), value);
    }
  }
}

/** What routes of the Gateway API name of Kuma's: their mesh, and services of Kuma as backends. */
export function extractRoute(resource: Resource, emit: Emit): void {
  extractKeys(resource, emit);
  for (const ref of backendRefsOf(resource)) {
    if (ref.group !== GROUP) continue;
    // As all backends there, one of another namespace says so.
    emit.refer(targetsNamed, `${ref.kind}/${namespaceKey(ref.namespace)}/${ref.name}`, ref.nameNode);
  }
}
