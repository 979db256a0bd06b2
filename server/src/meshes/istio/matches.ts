import { toJson } from '../../yaml/json.js';
import type { Json, YamlMap, YamlNode } from '../../yaml/node.js';
import { hasOpaque } from '../kubernetes/fields.js';

/** What of a match is no condition. */
const NO_CONDITIONS = ['name', 'statPrefix', 'ignoreUriCase'];

/** One match of a route, with what it asks for as plain data; undefined where a template hides some of it. */
export interface Match {
  readonly route: number;
  readonly index: number;
  readonly node: YamlNode;
  readonly conditions: { readonly [field: string]: Json };
  readonly ignoresCase: boolean;
  /** The conditions as text that is equal where they are, since each match is compared with all above it. */
  readonly asked: string;
  /** The same of what istioctl compares besides the path. */
  readonly compared: string;
}

/** The match as conditions; undefined where a template or a patch hides some of it. */
export function matchOf(node: YamlNode, route: number, index: number): Match | undefined {
  return node.type !== 'map' || hasOpaque(node) ? undefined : new KnownMatch(route, index, node);
}

/** A match that makes what it asks for, and the texts of that, when it is compared: many routes have one alone. */
class KnownMatch implements Match {
  #conditions: Match['conditions'] | undefined;
  #asked: string | undefined;
  #compared: string | undefined;

  constructor(
    readonly route: number,
    readonly index: number,
    readonly node: YamlMap,
  ) {}

  get conditions(): Match['conditions'] {
    return (this.#conditions ??= conditionsIn(this.node));
  }

  get ignoresCase(): boolean {
    return this.node.boolean('ignoreUriCase') === true;
  }

  get asked(): string {
    return (this.#asked ??= stable(this.conditions));
  }

  get compared(): string {
    return (this.#compared ??= stable(comparedConditions(this.conditions)));
  }
}

function conditionsIn(match: YamlMap): Match['conditions'] {
  const conditions: Record<string, Json> = {};
  for (const entry of match.entries) {
    if (NO_CONDITIONS.includes(entry.key)) continue;
    const value = toJson(entry.value);
    if (!isEmpty(value)) conditions[entry.key] = value;
  }
  return conditions;
}

/** Whether a match takes every request: it asks for nothing, or for a path that begins with "/". */
export function takesAll(match: Match): boolean {
  if (asksForMore(match.node)) return false;
  const { conditions } = match;
  const asked = Object.keys(conditions);
  return asked.length === 0 || (asked.length === 1 && asked[0] === 'uri' && isRootPrefix(conditions['uri']!));
}

/** Whether a match surely asks for more than a path, by a look at it. */
function asksForMore(match: YamlNode): boolean {
  if (match.type !== 'map') return false;
  return match.entries.some(({ key, value }) => {
    if (key === 'uri' || NO_CONDITIONS.includes(key)) return false;
    return (value.type === 'map' && value.entries.length > 0) || (value.type === 'list' && value.items.length > 0);
  });
}

/** Whether two matches ask for the same. */
export function asksTheSame(a: Match, b: Match): boolean {
  return a.ignoresCase === b.ignoresCase && sizeOf(a) === sizeOf(b) && a.asked === b.asked;
}

function sizeOf({ conditions }: Match): number {
  return Object.keys(conditions).length;
}

/**
 * Whether istioctl says so too: both ask for a prefix of the path, not the same one, and for the same port, method, host, headers and parameters.
 * It looks at nothing else, and takes a match without method for one of GET requests. (istio-analyze IST0131)
 */
export function asksTheSameButForPrefix(a: Match, b: Match): boolean {
  return isPrefixed(a) && isPrefixed(b) && a.compared === b.compared && !same(a.conditions['uri']!, b.conditions['uri']!);
}

/** Whether a match takes the GET requests of another one, which asks for any method. */
export function coversGet(a: Match, b: Match): boolean {
  return (
    b.conditions['method'] === undefined &&
    field(a.conditions['method'], 'exact') === 'GET' &&
    covers(a, { ignoresCase: b.ignoresCase, conditions: { ...b.conditions, method: { exact: 'GET' } } })
  );
}

function isPrefixed({ conditions }: Match): boolean {
  return !isEmpty(field(conditions['uri'], 'prefix') ?? null);
}

function comparedConditions(conditions: Match['conditions']): Json {
  const fields = ['port', 'authority', 'headers', 'queryParams', 'withoutHeaders'];
  return [conditions['method'] ?? { exact: 'GET' }, ...fields.map((it) => conditions[it] ?? null)];
}

type Asked = Pick<Match, 'conditions' | 'ignoresCase'>;

/** Whether every request that `b` takes is one that `a` takes. Says no where it cannot tell, as with regular expressions. */
export function covers(a: Asked, b: Asked): boolean {
  if (b.ignoresCase && !a.ignoresCase && a.conditions['uri'] !== undefined) return false;
  return Object.entries(a.conditions).every(([name, asked]) => {
    if (name === 'uri' && isRootPrefix(asked)) return true;
    const other = b.conditions[name];
    if (other === undefined) return false;
    switch (name) {
      case 'uri':
      case 'scheme':
      case 'method':
      case 'authority':
        return coversText(asked, other);
      case 'headers':
      case 'queryParams':
        return Object.entries(members(asked)).every(([key, value]) => {
          const found = members(other)[key];
          return found !== undefined && (isEmpty(value) || coversText(value, found));
        });
      case 'sourceLabels':
        return Object.entries(members(asked)).every(([key, value]) => members(other)[key] === value);
      case 'gateways':
      case 'sniHosts':
      case 'destinationSubnets':
        return items(other).every((it) => items(asked).includes(it));
      default:
        return same(asked, other);
    }
  });
}

/** A StringMatch that takes all that another one takes. */
function coversText(a: Json, b: Json): boolean {
  if (same(a, b)) return true;
  const prefix = field(a, 'prefix');
  if (typeof prefix !== 'string') return false;
  const text = field(b, 'prefix') ?? field(b, 'exact');
  return typeof text === 'string' && text.startsWith(prefix);
}

function isRootPrefix(uri: Json): boolean {
  return field(uri, 'prefix') === '/';
}

function isEmpty(value: Json): boolean {
  return value === null || value === '' || value === 0 || (typeof value === 'object' && Object.keys(value).length === 0);
}

function members(value: Json): { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { readonly [key: string]: Json }) : {};
}

function items(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function field(value: Json | undefined, name: string): Json | undefined {
  return value === undefined ? undefined : members(value)[name];
}

/** Deep equality; the order of keys means nothing. */
function same(a: Json, b: Json): boolean {
  if (a === b) return true;
  return typeof a === 'object' && typeof b === 'object' && stable(a) === stable(b);
}

function stable(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((it: Json) => stable(it)).join()}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${stable(members(value)[key]!)}`)
      .join()}}`;
  return JSON.stringify(value);
}
