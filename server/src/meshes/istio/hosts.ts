import { qualify } from '../../model/hosts.js';
import { namespaceKey } from '../../model/resource.js';

/**
 * The one form in which keys hold hosts: short names qualified with the namespace they are written in, and always with
 * `cluster.local`; a lookup turns another cluster domain into it.
 */
export function canonicalHost(written: string, namespace: string | undefined): string {
  return qualify(written, namespace);
}

/** Key of a subset. */
export function subsetKey(host: string, subset: string): string {
  return `${host}/${subset}`;
}

/** Key of a port of a host. */
export function portKey(host: string, port: number): string {
  return `${host}:${port}`;
}

/**
 * The gateway an entry of `spec.gateways` names, as `namespace/name`; undefined for `mesh`. Besides `name` and `namespace/name` the control
 * plane still reads `./name` and the old `name.namespace` and `name.namespace.svc.cluster.local`. (istio-analyze 3.8, kiali KIA1102)
 */
export function gatewayKey(written: string, namespace: string | undefined): string | undefined {
  if (written === 'mesh') return undefined;
  if (written.startsWith('./')) return `${namespaceKey(namespace)}/${written.slice(2)}`;
  if (written.includes('/')) return written;
  const [name, place] = written.split('.');
  return place === undefined ? `${namespaceKey(namespace)}/${written}` : `${place}/${name}`;
}

/** Parts of `cluster.local/ns/shop/sa/checkout`; undefined for anything else, wildcards included. */
export function parsePrincipal(
  principal: string,
): { readonly trustDomain: string; readonly namespace: string; readonly account: string } | undefined {
  const match = /^([^/*]+)\/ns\/([^/*]+)\/sa\/([^/*]+)$/.exec(principal);
  return match ? { trustDomain: match[1]!, namespace: match[2]!, account: match[3]! } : undefined;
}

/** `namespace/name` of a service account written as `name` or `namespace/name` (`serviceAccounts` of a source). */
export function accountKey(written: string, namespace: string | undefined): string {
  return written.includes('/') ? written : `${namespaceKey(namespace)}/${written}`;
}

/** Whether a namespace pattern of an authorization policy covers a name. (istio-analyze 3.9) */
export function coversNamespace(pattern: string, name: string): boolean {
  if (pattern === '*') return true;
  if (pattern.startsWith('*')) return name.endsWith(pattern.slice(1));
  if (pattern.endsWith('*')) return name.startsWith(pattern.slice(0, -1));
  return pattern.toLowerCase() === name.toLowerCase();
}

/** A server host as `namespace/host`: the namespace pattern (`*` where none is written, `.` resolved) and the bare host. */
export function serverHost(written: string, gatewayNamespace: string | undefined): { readonly namespace: string; readonly host: string } {
  const slash = written.indexOf('/');
  if (slash < 0) return { namespace: '*', host: written };
  const namespace = written.slice(0, slash);
  return { namespace: namespace === '.' ? namespaceKey(gatewayNamespace) : namespace, host: written.slice(slash + 1) };
}

/** Whether something exported to these namespaces can be seen from one. An empty list means everywhere. (istio-analyze 3.2) */
export function isExportedTo(exportTo: readonly string[], ownNamespace: string | undefined, viewer: string | undefined): boolean {
  if (exportTo.length === 0 || exportTo.includes('*')) return true;
  if (viewer === undefined || ownNamespace === undefined) return true;
  return exportTo.some((entry) => (entry === '.' ? ownNamespace : entry) === viewer);
}

/** Whether a route or rule, itself exported or not, can use something that is exported to some namespaces only. (istio-analyze 3.3) */
export function canUse(
  user: { readonly namespace: string | undefined; readonly exportTo: readonly string[] },
  thing: { readonly namespace: string | undefined; readonly exportTo: readonly string[] },
): boolean {
  const everywhere = user.exportTo.length === 0 || user.exportTo.includes('*');
  const viewers = everywhere ? [user.namespace] : user.exportTo.map((it) => (it === '.' ? user.namespace : it));
  return viewers.some((viewer) => isExportedTo(thing.exportTo, thing.namespace, viewer));
}
