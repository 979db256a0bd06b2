import type { Definition } from '../../model/facts.js';
import type { Resource } from '../../model/resource.js';
import type { YamlNode } from '../../yaml/node.js';
import { canonicalHost, exportsMeet, isSameResource } from './hosts.js';
import { isOpen, textsAt } from './kinds/shared.js';
import type { ServiceEntryHost } from './tables.js';

/** A port that other ServiceEntries give the same host. */
export interface RivalPort {
  readonly host: string;
  readonly port: YamlNode;
  /** In upper case; empty where none is written. */
  readonly protocol: string;
  readonly others: readonly { readonly entry: Definition<ServiceEntryHost>; readonly protocol: string }[];
}

/** Ports of a ServiceEntry that others, which somebody sees beside it, give the same host. Each port once, for the first such host. */
export function rivalPorts(resource: Resource, entriesOf: (host: string) => readonly Definition<ServiceEntryHost>[]): readonly RivalPort[] {
  const { root, namespace } = resource;
  if (isOpen(resource, 'spec.exportTo')) return [];
  const own = { namespace, exportTo: textsAt(root, 'spec.exportTo') };
  const told = new Set<YamlNode>();
  return root.list('spec.hosts.*').flatMap((node) => {
    const written = node.text();
    if (written === undefined || written === '') return [];
    const host = canonicalHost(written, namespace);
    const entries = entriesOf(host).filter(
      (it) =>
        it.resource !== resource.id &&
        !isSameResource({ namespace: it.data.namespace, name: it.data.entry }, resource) &&
        exportsMeet(it.data, own),
    );
    return root.list('spec.ports.*').flatMap((port) => {
      const number = port.number('number');
      if (number === undefined || told.has(port) || (port.has('protocol') && port.text('protocol') === undefined)) return [];
      const others = entries.flatMap((entry) =>
        entry.data.ports.flatMap((it) =>
          it.number === number && !it.hidden ? [{ entry, protocol: (it.protocol ?? '').toUpperCase() }] : [],
        ),
      );
      if (others.length === 0) return [];
      told.add(port);
      return [{ host, port, protocol: (port.text('protocol') ?? '').toUpperCase(), others }];
    });
  });
}
