import type { Lookups } from '../../../index/tables.js';
import type { Definition } from '../../../model/facts.js';
import { displayHost, wildcardsOf } from '../../../model/hosts.js';
import { selects } from '../../../model/selectors.js';
import type { StateLine } from '../../../rules/editor.js';
import { podNames } from '../../kubernetes/editor.js';
import { subsetsNamed, workloadsOfHost } from '../lookups.js';
import { virtualServicesByHost, type DestinationFacts, type VirtualServiceFacts } from '../tables.js';

/** VirtualServices that route requests for a host, fully qualified: those that name it, else those with a wildcard over it. */
export function virtualServicesFor(host: string, look: Lookups): readonly Definition<VirtualServiceFacts>[] {
  for (const name of [host, ...wildcardsOf(host)]) {
    const found = look.get(virtualServicesByHost, name);
    if (found.length > 0) return found;
  }
  return [];
}

/** What happens to requests for a host. */
export function routesOfHost(host: string, look: Lookups): readonly StateLine[] {
  const found = virtualServicesFor(host, look);
  if (found.length === 0) return [{ topic: 'routes', text: `${displayHost(host)}: all requests, no VirtualService`, sites: [] }];
  return found.map((it) => ({
    topic: 'routes',
    text: `${displayHost(host)}: ${routesText(it.data, host)}`,
    sites: [{ resource: it.resource, range: it.range }],
  }));
}

/** `route 1 to v3; route 2 to v1 90 %, v2 10 %`, destinations of `host` itself by their subset alone. */
export function routesText({ destinations }: VirtualServiceFacts, host?: string): string {
  const routes = new Map<string, DestinationFacts[]>();
  for (const it of destinations) {
    if (it.mirror) continue;
    const key = `${it.field} ${it.route}`;
    routes.set(key, [...(routes.get(key) ?? []), it]);
  }
  const texts = [...routes.values()].map((own) => {
    const to = own.map((it) => destinationText(it, host) + (it.share === undefined || own.length === 1 ? '' : ` ${it.share} %`));
    const { field, route } = own[0]!;
    return `${routes.size === 1 ? '' : `${field === 'http' ? 'route' : `${field} route`} ${route + 1} `}to ${to.join(', ')}`;
  });
  return texts.length === 0
    ? 'no destination'
    : texts.length > 4
      ? `${texts.slice(0, 3).join('; ')}; ${texts.length - 3} more`
      : texts.join('; ');
}

function destinationText({ host, subset, port }: DestinationFacts, own: string | undefined): string {
  const name = host === own && subset !== undefined ? subset : [displayHost(host), subset].filter((it) => it !== undefined).join(' ');
  return port === undefined ? name : `${name} port ${port}`;
}

/** Pods that take requests for a host, or for one subset of it. */
export function podsText(host: string, subset: string | undefined, look: Lookups): string {
  const pods = look.get(workloadsOfHost, host);
  if (pods === undefined) return 'pods not at hand';
  if (subset === undefined) return pods.length === 0 ? 'no pod' : podNames(pods);
  const defined = look.get(subsetsNamed, `${host}/${subset}`);
  if (defined.length === 0) return 'no such subset';
  const behind = pods.filter((pod) => defined.some((it) => selects(it.data.labels, pod.data.labels)));
  return behind.length === 0 ? 'no pod' : podNames(behind);
}
