import { defineLookup, type Lookups } from '../../../index/tables.js';
import type { Definition } from '../../../model/facts.js';
import type { StateLine } from '../../../rules/editor.js';
import { listed } from '../../kubernetes/editor.js';
import { ANY } from '../names.js';
import { hasAcls } from '../settings.js';
import { intentionsOf, type IntentionFacts, type IntentionSource } from '../tables.js';
import { siteOf } from './chain.js';

/** A source that is for a service, with the rank that Consul gives it: the higher, the more exact. */
export interface RankedSource {
  readonly source: IntentionSource;
  readonly rank: number;
  readonly intention: Definition<IntentionFacts>;
}

/** Sources that are for a service, by its name, the more exact ones first: those that an earlier one overrides are left out. */
export const sourcesFor = defineLookup<readonly RankedSource[]>('consul/sourcesFor', (look, service) => {
  const found = [service, ...(service === ANY ? [] : [ANY])].flatMap((destination) =>
    look.get(intentionsOf, destination).flatMap((intention) =>
      intention.data.sources.map((source): RankedSource => {
        const isExact = source.name !== ANY;
        const rank = destination === ANY ? (isExact ? 6 : 5) : isExact ? 9 : 8;
        return { source, rank, intention };
      }),
    ),
  );
  const told = new Set<string>();
  return [...found]
    .sort((a, b) => b.rank - a.rank)
    .filter(({ source }) => {
      const key = placeText(source);
      if (told.has(key)) return false;
      told.add(key);
      return true;
    });
});

/** Who may call a service, as lines. */
export function accessLines(service: string, look: Lookups): readonly StateLine[] {
  const sources = look.get(sourcesFor, service);
  const exact = sources.filter((it) => it.source.name !== ANY);
  const rest = sources.find((it) => it.source.name === ANY && it.source.peer === '');
  const of = (action: string): readonly RankedSource[] => exact.filter((it) => it.source.action === action);
  const line = (topic: string, found: readonly RankedSource[]): readonly StateLine[] =>
    found.length === 0
      ? []
      : [{ topic, text: listed(found.map((it) => placeText(it.source))), sites: found.slice(0, 5).map((it) => siteOf(it.intention)) }];
  return [
    ...line('allowed', of('allow')),
    ...line('some', of('permissions')),
    ...line('denied', of('deny')),
    { topic: 'others', text: restText(rest, look), sites: rest ? [siteOf(rest.intention)] : [] },
  ];
}

function restText(rest: RankedSource | undefined, look: Lookups): string {
  if (!rest) return look.get(hasAcls) ? 'denied, as ACLs do unless told otherwise' : 'allowed, as no intention says otherwise';
  const answer = { allow: 'allowed', deny: 'denied', permissions: 'some of their requests' }[rest.source.action] ?? 'not known';
  return `${answer}, by ${rest.intention.data.destination === ANY ? 'the intention for every service' : 'its own intention'}`;
}

/** `api`, `api (peer east)`: how texts name a source. */
export function placeText({ name, peer, partition, namespace, samenessGroup }: IntentionSource): string {
  const places = [
    peer === '' ? '' : `peer ${peer}`,
    partition === '' ? '' : `partition ${partition}`,
    namespace === '' ? '' : `namespace ${namespace}`,
    samenessGroup === '' ? '' : `group ${samenessGroup}`,
  ].filter((it) => it !== '');
  const shown = name === ANY ? 'everybody' : name;
  return places.length === 0 ? shown : `${shown} (${places.join(', ')})`;
}
