import type { Definition } from '../../model/facts.js';
import type { CheckContext, Reads } from '../../rules/rule.js';
import type { YamlNode } from '../../yaml/node.js';
import { canonicalHost, exportsMeet, isSameResource } from './hosts.js';
import { isOpen, textsAt } from './kinds/shared.js';
import { exported } from './lookups.js';
import { shareAView } from './sidecar-scope.js';
import { serviceEntryHosts, type ServiceEntryHost } from './tables.js';

/** A port that other ServiceEntries give the same host. */
export interface RivalPort {
  readonly host: string;
  readonly port: YamlNode;
  /** In upper case; empty where none is written. */
  readonly protocol: string;
  readonly others: readonly { readonly entry: Definition<ServiceEntryHost>; readonly protocol: string }[];
  /** Whether some namespace imports the host from both, as Kiali wants it. */
  readonly shareAView: boolean;
  /** How often the ServiceEntry itself lists the host. */
  readonly times: number;
}

interface Read {
  readonly serviceEntryHosts: (host: string) => readonly Definition<ServiceEntryHost>[];
  readonly serviceEntryHostsFolded: (host: string) => readonly Definition<ServiceEntryHost>[];
  readonly defaultExportTo: (name: string) => readonly string[];
  readonly importsOf: (namespace: string) => readonly string[] | undefined;
  readonly namespaceNames: () => readonly string[];
  readonly isLabelledAmbient: (namespace: string) => boolean;
}

interface Context extends Pick<CheckContext<Reads>, 'resource' | 'stated'> {
  readonly read: Read;
}

interface User {
  readonly namespace: string | undefined;
  readonly exportTo: readonly string[];
}

/**
 * Ports of a ServiceEntry that others, which somebody sees beside it, give the same host in whatever case, or that it gives one host twice.
 * Each port once, for the first such host.
 */
export function rivalPorts({ resource, read, stated }: Context): readonly RivalPort[] {
  const byDefault = read.defaultExportTo('defaultServiceExportTo');
  const self = stated(serviceEntryHosts)?.data;
  if (self !== undefined && areAlone(self)) return [];
  const { root, namespace } = resource;
  if (isOpen(resource, 'spec.exportTo')) return [];
  const own = userOf(textsAt(root, 'spec.exportTo'));
  const told = new Set<YamlNode>();
  const hosts = textsAt(root, 'spec.hosts').filter((it) => it !== '');
  return [...new Set(hosts.map((it) => canonicalHost(it, namespace)))].flatMap((host) => {
    const spellings = hosts.filter((it) => canonicalHost(it, namespace) === host).map((it) => it.toLowerCase());
    // A short name beside the full one is how people write a host for both.
    const times = Math.max(...spellings.map((spelling) => hosts.filter((it) => it.toLowerCase() === spelling).length));
    const entries = othersOf(host, own);
    return root.list('spec.ports.*').flatMap((port) => {
      const number = port.number('number');
      if (number === undefined || told.has(port) || (port.has('protocol') && port.text('protocol') === undefined)) return [];
      const others = entries.flatMap((entry) =>
        entry.data.ports.flatMap((it) =>
          it.number === number && !it.hidden ? [{ entry, protocol: (it.protocol ?? '').toUpperCase() }] : [],
        ),
      );
      if (others.length === 0 && times < 2) return [];
      told.add(port);
      return [
        {
          host,
          port,
          protocol: (port.text('protocol') ?? '').toUpperCase(),
          others,
          shareAView: others.some((it) => shareAView({ ...own, host }, it.entry.data, read)),
          times,
        },
      ];
    });
  });

  /** Whether each of its hosts is its own, and written once. */
  function areAlone({ hosts, exportTo, incomplete }: ServiceEntryHost): boolean {
    if (incomplete || new Set(hosts.map((it) => it.toLowerCase())).size < hosts.length) return false;
    return hosts.every((host) => othersOf(host, userOf(exportTo)).length === 0);
  }

  function userOf(exportTo: readonly string[]): User {
    return { namespace: resource.namespace, exportTo: exportTo.length > 0 ? exportTo : byDefault };
  }

  function othersOf(host: string, user: User): readonly Definition<ServiceEntryHost>[] {
    const lower = host.toLowerCase();
    return exported([...read.serviceEntryHosts(lower), ...read.serviceEntryHostsFolded(lower)], byDefault).filter(
      (it) =>
        it.resource !== resource.id &&
        !isSameResource({ namespace: it.data.namespace, name: it.data.entry }, resource) &&
        exportsMeet(it.data, user),
    );
  }
}
