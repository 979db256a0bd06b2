import type { Lookups } from '../../../index/tables.js';
import type { Definition } from '../../../model/facts.js';
import { displayHost, wildcardsOf } from '../../../model/hosts.js';
import type { Site } from '../../../model/resource.js';
import { selects } from '../../../model/selectors.js';
import type { StateLine } from '../../../rules/editor.js';
import { podNames } from '../../kubernetes/editor.js';
import type { Workload } from '../../kubernetes/tables.js';
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
  return found.flatMap((it) => routeLines(it, host));
}

/** More routes than this are not told one by one. */
const MOST_ROUTES = 12;

/** A line for each route: `cart.shop: /cart* to v1 90 %, v2 10 %`, destinations of `host` itself by their subset alone. */
export function routeLines({ data, resource, range }: Definition<VirtualServiceFacts>, host?: string): readonly StateLine[] {
  const routes = new Map<string, DestinationFacts[]>();
  for (const it of data.destinations) {
    const key = `${it.field} ${it.route}`;
    routes.set(key, [...(routes.get(key) ?? []), it]);
  }
  const head = host === undefined ? '' : `${displayHost(host)}: `;
  if (routes.size === 0) return [{ topic: 'routes', text: `${head}no destination`, sites: [{ resource, range }] }];
  const told = [...routes.values()].map((own, i): StateLine => {
    const main = own.filter((it) => !it.mirror);
    const to = main.map((it) => destinationText(it, host) + (it.share === undefined || main.length === 1 ? '' : ` ${it.share} %`));
    const mirrors = own.filter((it) => it.mirror).map((it) => destinationText(it, host));
    const [first] = own;
    const takes = first!.takes === '' ? (i === 0 ? 'all' : 'all else') : first!.takes;
    const leads = [to.length === 0 ? '' : `to ${to.join(', ')}`, mirrors.length === 0 ? '' : `mirrored to ${mirrors.join(', ')}`];
    return {
      topic: 'routes',
      text: `${head}${takes} ${leads.filter((it) => it !== '').join(', ')}`,
      sites: (main.length === 0 ? own : main).map((it): Site => ({ resource, range: it.range })),
    };
  });
  if (told.length <= MOST_ROUTES) return told;
  return [
    ...told.slice(0, MOST_ROUTES),
    { topic: 'routes', text: `${head}${told.length - MOST_ROUTES} more routes`, sites: [{ resource, range }] },
  ];
}

function destinationText({ host, subset, port }: DestinationFacts, own: string | undefined): string {
  const name = host === own && subset !== undefined ? subset : [displayHost(host), subset].filter((it) => it !== undefined).join(' ');
  return port === undefined ? name : `${name} port ${port}`;
}

/** Workloads behind a host, or behind one subset of it. */
export function podsOf(host: string, subset: string | undefined, look: Lookups): readonly Definition<Workload>[] {
  const pods = look.get(workloadsOfHost, host) ?? [];
  if (subset === undefined) return pods;
  const defined = look.get(subsetsNamed, `${host}/${subset}`);
  return pods.filter((pod) => defined.some((it) => selects(it.data.labels, pod.data.labels)));
}

/** Pods that take requests for a host, or for one subset of it. */
export function podsText(host: string, subset: string | undefined, look: Lookups): string {
  const pods = look.get(workloadsOfHost, host);
  if (pods === undefined) return 'pods not at hand';
  if (subset === undefined) return pods.length === 0 ? 'no pod' : podNames(pods);
  if (look.get(subsetsNamed, `${host}/${subset}`).length === 0) return 'no such subset';
  const behind = podsOf(host, subset, look);
  return behind.length === 0 ? 'no pod' : podNames(behind);
}
