import { UNKNOWN_NAMESPACE } from './resource.js';

const DEFAULT_CLUSTER_DOMAIN = 'cluster.local';

/**
 * The name Istio resolves a host to: short names take the namespace of the resource they are written in; a name with a dot
 * or a leading `*` stays as it is, so `payment.payments` is no Kubernetes service. (istio-analyze 3.1)
 */
export function qualify(host: string, namespace: string | undefined, clusterDomain = DEFAULT_CLUSTER_DOMAIN): string {
  if (host.startsWith('*') || host.includes('.')) return host;
  return serviceHost(host, namespace, clusterDomain);
}

/** FQDN of a Service. */
export function serviceHost(name: string, namespace: string | undefined, clusterDomain = DEFAULT_CLUSTER_DOMAIN): string {
  return `${name}.${namespace ?? UNKNOWN_NAMESPACE}.svc.${clusterDomain}`;
}

/** Name and namespace of a service's FQDN; undefined for every other host. */
export function serviceOfHost(
  host: string,
  clusterDomain = DEFAULT_CLUSTER_DOMAIN,
): { name: string; namespace: string | undefined } | undefined {
  const suffix = `.svc.${clusterDomain}`;
  if (!host.endsWith(suffix)) return undefined;
  const front = host.slice(0, -suffix.length);
  const dot = front.lastIndexOf('.');
  if (dot <= 0 || dot === front.length - 1) return undefined;
  const namespace = front.slice(dot + 1);
  return { name: front.slice(0, dot), namespace: namespace === UNKNOWN_NAMESPACE ? undefined : namespace };
}

/** How messages name a host: `checkout.shop` for a Service of the cluster, everything else as it is. */
export function displayHost(host: string, clusterDomain = DEFAULT_CLUSTER_DOMAIN): string {
  const service = serviceOfHost(host, clusterDomain);
  if (service === undefined) return host;
  return service.namespace === undefined ? service.name : `${service.name}.${service.namespace}`;
}

/** `a.b.c` is covered by `*.b.c`, `*.c` and `*`: the wildcards that cover a host, longest first; of a wildcard, the wider ones. */
export function wildcardsOf(host: string): readonly string[] {
  const dot = host.indexOf('.');
  if (dot < 0 || host.startsWith('*')) return covering(host);
  // Hosts of one domain have the same: those of a namespace are asked for by all that is in it.
  const domain = host.slice(dot + 1);
  let known = wildcardsOver.get(domain);
  if (known === undefined) {
    if (wildcardsOver.size >= MANY_DOMAINS) wildcardsOver.clear();
    wildcardsOver.set(domain, (known = covering(host)));
  }
  return known;
}

/** What covers all hosts right below a domain. */
const wildcardsOver = new Map<string, readonly string[]>();
const MANY_DOMAINS = 1000;

function covering(host: string): readonly string[] {
  const wildcards: string[] = [];
  const isWildcard = host.startsWith('*');
  for (let dot = host.indexOf('.', isWildcard ? 2 : 0); dot >= 0; dot = host.indexOf('.', dot + 1)) wildcards.push(`*${host.slice(dot)}`);
  if (host !== '*') wildcards.push('*');
  return wildcards;
}

/** Whether some request could meet both host patterns. (istio-analyze 3.1) */
export function hostsOverlap(a: string, b: string): boolean {
  if (a === b) return true;
  const wildA = a.startsWith('*');
  const wildB = b.startsWith('*');
  if (wildA && wildB) return a.length >= b.length ? a.slice(1).endsWith(b.slice(1)) : b.slice(1).endsWith(a.slice(1));
  if (wildA) return b.endsWith(a.slice(1));
  if (wildB) return a.endsWith(b.slice(1));
  return false;
}
