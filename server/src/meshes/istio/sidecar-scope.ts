import { defineLookup } from '../../index/tables.js';
import { displayHost, serviceOfHost } from '../../model/hosts.js';
import { namespaceKey, UNKNOWN_NAMESPACE } from '../../model/resource.js';
import { isAmbientNamespace } from './injection.js';
import { meshConfig } from './mesh-config.js';
import { sidecars } from './tables.js';

/** Something about hosts that is exported to some namespaces, or to all where the list is empty. */
export interface Exported {
  readonly namespace: string | undefined;
  readonly exportTo: readonly string[];
}

/**
 * What the Sidecar for all of a namespace lets its proxies see, `namespace/host` entries as written; undefined: everything, as no such Sidecar
 * says anything. Its own goes before that of the root namespace. (kiali section 1)
 */
export const importsOf = defineLookup<readonly string[] | undefined>('istio/importsOf', (look, namespace) => {
  if (namespace === UNKNOWN_NAMESPACE || look.get(isAmbientNamespace, namespace)) return undefined;
  for (const place of [namespace, look.get(meshConfig, '').rootNamespace]) {
    const [found] = look.get(sidecars, place).filter((it) => Object.keys(it.data.selector ?? {}).length === 0);
    if (found) return found.data.egress === undefined || found.data.egress.length === 0 ? undefined : found.data.egress;
  }
  return undefined;
});

/** Whether a namespace's Sidecar imports a host, fully qualified, that something of `owner` is about. */
export function isImported(imports: readonly string[] | undefined, viewer: string, host: string, owner: string | undefined): boolean {
  if (imports === undefined) return true;
  const service = serviceOfHost(host);
  const place = namespaceKey(service ? service.namespace : owner);
  const names = [host, displayHost(host), ...(service ? [service.name, `${service.name}.${place}.svc`] : [])];
  let imported = false;
  for (const entry of imports) {
    const slash = entry.indexOf('/');
    if (slash < 0) continue;
    const excludes = entry.startsWith('~');
    const written = excludes ? entry.slice(1, slash) || '*' : entry.slice(0, slash);
    const dns = entry.slice(slash + 1);
    if (written !== '*' && (written === '.' ? viewer : written) !== place) continue;
    if (dns !== '*' && !names.includes(dns) && !(dns.startsWith('*.') && host.endsWith(dns.slice(1)))) continue;
    if (excludes) return false;
    imported = true;
  }
  return imported;
}

/**
 * Whether some namespace sees both of two things about hosts: both are exported to it, and its Sidecar imports both hosts. Kiali compares
 * only what stands side by side in the view of a namespace.
 */
export function shareAView(
  a: Exported & { readonly host: string },
  b: Exported & { readonly host: string },
  read: {
    readonly importsOf: (namespace: string) => readonly string[] | undefined;
    readonly namespaceNames: () => readonly string[];
    readonly isLabelledAmbient: (namespace: string) => boolean;
  },
): boolean {
  const limits = [a, b].flatMap(({ namespace, exportTo }) =>
    // Nothing leaves an ambient namespace, whatever it is exported to.
    read.isLabelledAmbient(namespaceKey(namespace))
      ? [[namespaceKey(namespace)]]
      : exportTo.length === 0 || exportTo.includes('*')
        ? []
        : [exportTo.map((it) => (it === '.' ? namespaceKey(namespace) : it))],
  );
  const own = [namespaceKey(a.namespace), namespaceKey(b.namespace)];
  const candidates = limits[0] ?? [...own, ...read.namespaceNames()];
  return candidates
    .filter((it) => limits.every((limit) => limit.includes(it)))
    .some((viewer) => {
      const imports = read.importsOf(viewer);
      return [a, b].every((it) => isImported(imports, viewer, it.host, it.namespace));
    });
}
