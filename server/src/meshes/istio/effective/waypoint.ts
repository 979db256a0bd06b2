import type { Lookups } from '../../../index/tables.js';
import type { Definition } from '../../../model/facts.js';
import { displayHost, serviceHost } from '../../../model/hosts.js';
import { namespaceKey, type Site } from '../../../model/resource.js';
import type { Labels } from '../../../model/selectors.js';
import type { StateLine } from '../../../rules/editor.js';
import type { Service } from '../../kubernetes/tables.js';
import { isWaypointName } from '../ambient.js';
import { namespaceLabels } from '../injection.js';
import { authorizationPolicies } from '../tables.js';
import { accessBy, type Access } from './access.js';

/** Where requests for a Service in ambient are seen as requests: by its own label, else by its namespace's. */
interface Waypoint {
  readonly namespace: string;
  readonly name: string;
  readonly decidedBy: Site;
}

/** For each Service of an ambient workload the waypoint that its requests pass, and whom that lets through. */
export function waypointLines(
  services: readonly Definition<Service>[],
  look: Lookups,
  tell: (access: Access) => StateLine,
): readonly StateLine[] {
  return services.map((service): StateLine => {
    const host = displayHost(serviceHost(service.data.name, service.data.namespace));
    const waypoint = waypointOf(service, look);
    if (!waypoint)
      return {
        topic: 'waypoint',
        text: `${host}: none, so nothing looks at requests: no routes, retries or rules about them`,
        sites: [{ resource: service.resource, range: service.range }],
      };
    const place = namespaceKey(service.data.namespace);
    const policies = [...new Set([place, waypoint.namespace])]
      .flatMap((namespace) => look.get(authorizationPolicies, namespace).map((it) => ({ namespace, it })))
      .filter(
        ({ namespace, it }) =>
          (namespace === place && it.data.targetServices.includes(service.data.name)) ||
          (namespace === waypoint.namespace && it.data.targetGateways.includes(waypoint.name)),
      )
      .map(({ it }) => it);
    const told = tell(accessBy(policies, false));
    const what = policies.length === 0 ? 'everybody: no AuthorizationPolicy targets it' : told.text;
    return {
      topic: 'waypoint',
      text: `${host}: "${waypoint.namespace}/${waypoint.name}"; ${what}`,
      sites: [waypoint.decidedBy, ...told.sites],
    };
  });
}

function waypointOf(service: Definition<Service>, look: Lookups): Waypoint | undefined {
  const namespace = namespaceKey(service.data.namespace);
  const place = look.get(namespaceLabels, namespace);
  for (const it of [{ labels: service.data.labels, at: service }, ...(place ? [{ labels: place.data.labels, at: place }] : [])]) {
    const name = it.labels['istio.io/use-waypoint'];
    if (name === undefined) continue;
    if (!isWaypointName(name)) return undefined;
    return { namespace: namespaceIn(it.labels) ?? namespace, name, decidedBy: { resource: it.at.resource, range: it.at.range } };
  }
  return undefined;
}

function namespaceIn(labels: Labels): string | undefined {
  return labels['istio.io/use-waypoint-namespace'] || undefined;
}
