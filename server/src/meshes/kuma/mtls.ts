import { defineLookup } from '../../index/tables.js';
import type { Site } from '../../model/resource.js';
import { controlPlane } from './control-plane.js';
import { membersOf, meshNamed } from './lookups.js';

/** mTLS of a mesh as a whole. */
export interface MeshMtls {
  /** `off`: nobody encrypts; `unknown`: the files at hand do not tell. */
  readonly mode: 'strict' | 'permissive' | 'off' | 'unknown';
  /** What turns it on, and what sets the mode. */
  readonly sites: readonly Site[];
  /** How people turn it on: `backend` of the Mesh, or a MeshIdentity. */
  readonly by: 'backend' | 'identity' | undefined;
}

/** mTLS of a mesh, by its name. A MeshTLS for single proxies is not in it. */
export const mtlsOfMesh = defineLookup<MeshMtls>('kuma/mtlsOfMesh', (look, name) => {
  const found = look.get(meshNamed, name);
  const hasBackends = look.get(controlPlane).version === '2.14';
  const backed = hasBackends ? found.find((it) => it.data.mtls !== undefined) : undefined;
  const identities = look.get(membersOf, `${name}/MeshIdentity`).filter((it) => it.data.proxies !== undefined);
  const wide = look.get(membersOf, `${name}/MeshTLS`).filter((it) => it.data.top.kind === 'Mesh' && !it.data.shadow);
  const on: Site[] = [
    ...(backed ? [{ resource: backed.resource, range: backed.data.mtlsRange ?? backed.range }] : []),
    ...identities.map(({ resource, range }) => ({ resource, range })),
  ];
  const by = backed ? 'backend' : identities.length > 0 ? 'identity' : undefined;
  const permissive = wide.filter((it) => it.data.modes.includes('Permissive'));
  const strict = wide.filter((it) => it.data.modes.includes('Strict'));
  const sitesOf = (policies: typeof wide): readonly Site[] => policies.map(({ resource, range }) => ({ resource, range }));
  if (permissive.length > 0 && by !== undefined) return { mode: 'permissive', sites: [...sitesOf(permissive), ...on], by };
  if (strict.length > 0) return { mode: 'strict', sites: [...sitesOf(strict), ...on], by };
  if (permissive.length > 0) return { mode: 'permissive', sites: sitesOf(permissive), by };
  if (backed && backed.data.mtls === 'PERMISSIVE') return { mode: 'permissive', sites: on, by };
  if (by !== undefined) return { mode: 'strict', sites: on, by };
  return { mode: found.length === 0 || found.some((it) => it.data.incomplete) ? 'unknown' : 'off', sites: [], by };
});
