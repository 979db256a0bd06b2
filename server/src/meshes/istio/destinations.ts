import type { Resource } from '../../model/resource.js';
import type { CheckContext, Reads } from '../../rules/rule.js';
import { textsAt } from './kinds/shared.js';
import { destinationsOf, type DestinationSite } from './kinds/traffic.js';
import { virtualServices, type DestinationFacts } from './tables.js';

type Destination = Pick<DestinationFacts, 'host' | 'subset' | 'port' | 'field' | 'mirror'>;

/** A destination whose host is known. */
type NamedSite = DestinationSite & { readonly named: NonNullable<DestinationSite['named']> };

interface Destinations {
  readonly destinations: readonly Destination[];
  /** Where one of them stands. Its tree may have to be read again for that, which is left to those who have something to say. */
  readonly siteOf: (destination: Destination) => NamedSite;
}

/** Destinations of a VirtualService whose hosts are known, as it has stated them where it did. */
export function statedDestinations({ resource, stated }: Pick<CheckContext<Reads>, 'resource' | 'stated'>): Destinations {
  const sites = (): readonly NamedSite[] => destinationsOf(resource).filter((it): it is NamedSite => it.named !== undefined);
  const destinations: readonly Destination[] = stated(virtualServices)?.data.destinations ?? sites().map(asStated);
  return { destinations, siteOf: (destination) => sites()[destinations.indexOf(destination)]! };
}

function asStated({ node, named, field, mirror }: NamedSite): Destination {
  return { host: named.host, subset: node.text('subset'), port: node.number('port.number'), field, mirror };
}

/** Who uses what a VirtualService names: its own namespace, and those that it is exported to. */
export function userOf({ resource, stated }: Pick<CheckContext<Reads>, 'resource' | 'stated'>): {
  readonly namespace: Resource['namespace'];
  readonly exportTo: readonly string[];
} {
  return stated(virtualServices)?.data ?? { namespace: resource.namespace, exportTo: textsAt(resource.root, 'spec.exportTo') };
}
