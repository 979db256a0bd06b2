import type { YamlList, YamlNode } from '../../yaml/node.js';
import { asksTheSame, asksTheSameButForPrefix, covers, coversGet, matchOf, takesAll, type Match } from './matches.js';

/** A route or a match that is never reached, since one above takes all that it would. */
export interface Shadow {
  readonly list: YamlList;
  readonly field: 'http' | 'tcp' | 'tls';
  /** Index of the route in its list. */
  readonly route: number;
  /** The match in question; undefined where the route has none and is unreachable as a whole. */
  readonly match: Match | undefined;
  /** Index of the route above, or the same one. */
  readonly by: number;
  /** The match above; undefined where that route has none and takes everything. */
  readonly byMatch: Match | undefined;
  /** Whether the one above takes GET requests only, and this one is still reached by others. */
  readonly ofGet: boolean;
  /** Whether nothing of the route can be reached. */
  readonly whole: boolean;
  /** Whether moving the route up would mend it: the one above takes every request. */
  readonly movable: boolean;
  readonly peers: readonly string[];
  /** Further matches above of which istioctl says the same. */
  readonly others: readonly Match[];
}

/** What of a VirtualService's routes is never reached. (istio-analyze IST0130, IST0131, and more than those) */
export function shadowsOf(root: YamlNode): readonly Shadow[] {
  let shadows = known.get(root);
  if (shadows === undefined) {
    const spec = root.get('spec');
    shadows = (['http', 'tcp', 'tls'] as const).flatMap((field) => {
      const list = spec?.get(field);
      return list?.type === 'list' && !list.partial ? shadowsIn(list, field) : [];
    });
    known.set(root, shadows);
  }
  return shadows;
}

/** Two rules and their fixes ask the same of one tree. */
const known = new WeakMap<YamlNode, readonly Shadow[]>();

const NO_SHADOWS: readonly Shadow[] = [];

function shadowsIn(list: YamlList, field: Shadow['field']): readonly Shadow[] {
  if (list.items.length === 1 && list.items[0]!.list('match.*').length < 2) return NO_SHADOWS;
  const shadows: Shadow[] = [];
  const earlier: Match[] = [];
  const repeated = new Set<Match>();
  /** The first route that takes every request; `match` where it says so by asking for "/". */
  let taker: { readonly route: number; readonly match: Match | undefined } | undefined;
  for (const [route, node] of list.items.entries()) {
    // What a delegate does not match goes on to the next route.
    if (node.type !== 'map' || node.partial || node.has('delegate')) continue;
    const written = node.get('match');
    if (written !== undefined && (written.type !== 'list' || written.partial)) continue;
    const nodes = written?.items ?? [];
    if (nodes.length === 0) {
      if (taker)
        shadows.push({
          list,
          field,
          route,
          match: undefined,
          by: taker.route,
          byMatch: taker.match,
          ofGet: false,
          whole: true,
          movable: false,
          peers: taker.match === undefined ? ['IST0130'] : [],
          others: [],
        });
      else taker = { route, match: undefined };
      continue;
    }
    const matches = nodes.map((it, index) => matchOf(it, route, index));
    if (taker?.match === undefined && taker !== undefined) {
      for (const match of matches) {
        if (match)
          shadows.push({
            list,
            field,
            route,
            match,
            by: taker.route,
            byMatch: undefined,
            ofGet: false,
            whole: true,
            movable: true,
            peers: ['IST0130'],
            others: [],
          });
      }
      continue;
    }
    const found: Shadow[] = [];
    for (const match of matches) {
      if (match === undefined) continue;
      const isFirst = earlier.length === 0;
      const covering = isFirst ? undefined : (earlier.find((it) => asksTheSame(it, match)) ?? earlier.find((it) => covers(it, match)));
      const above = isFirst ? undefined : (covering ?? earlier.find((it) => coversGet(it, match) && asksTheSameButForPrefix(it, match)));
      if (above) {
        const same = asksTheSame(above, match);
        const isTold = (it: Match): boolean => asksTheSameButForPrefix(it, match) && (covers(it, match) || coversGet(it, match));
        found.push({
          list,
          field,
          route,
          match,
          by: above.route,
          byMatch: above,
          ofGet: covering === undefined,
          whole: false,
          movable: above.route !== route && takesAll(above) && !takesAll(match),
          peers: same || isTold(above) ? ['IST0131'] : [],
          others: same ? [] : earlier.filter((it) => it !== above && !repeated.has(it) && isTold(it)),
        });
        if (same) repeated.add(match);
      }
      earlier.push(match);
      if (takesAll(match)) taker ??= { route, match };
    }
    if (found.length === 0) continue;
    const whole = found.length === matches.length && found.every((it) => it.by !== route && !it.ofGet);
    const duplicates = found.every((it) => asksTheSame(it.byMatch!, it.match!));
    shadows.push(
      ...found.map((it, i) => ({
        ...it,
        whole: whole && i === 0,
        peers: whole && i === 0 && duplicates ? ['IST0130', 'IST0131'] : it.peers,
      })),
    );
  }
  return shadows;
}

/** How messages call a route: by its name, or by its place. */
export function routeName(shadow: Pick<Shadow, 'list' | 'field'>, route: number): string {
  return shadow.list.items[route]?.text('name') ?? `${shadow.field}[${route}]`;
}
