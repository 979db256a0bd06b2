import { input, query, type Input, type Query, type Reader } from '../query/database.js';
import type { Definition } from '../model/facts.js';
import type { ScopeId } from '../model/resource.js';

/** What resources define, by key. */
export interface Table<D> {
  readonly type: 'table';
  readonly name: string;
  readonly input: Input<readonly Definition<D>[]>;
  readonly scoped: Query<readonly Definition<D>[]>;
  readonly data?: D;
}

/** A question with a remembered answer by key. */
export interface Lookup<T> {
  readonly type: 'lookup';
  readonly name: string;
  readonly query: Query<T>;
  /** Tables whose definitions the answer is made of, where it is a list of definitions: "find references" goes back along them. */
  readonly of: readonly Table<unknown>[];
  /** Keys of this lookup whose answers may hold a definition, given the definition's table and key; the same key where left out. */
  readonly keysLeadingTo: (definition: Definition) => readonly string[];
}

/** A value set from outside: world, mesh config, versions. */
export interface Setting<T> {
  readonly type: 'setting';
  readonly name: string;
  readonly input: Input<T>;
}

/** Looks things up for one subject, within the scope that the subject is in. */
export interface Lookups {
  get<D>(table: Table<D>, key: string): readonly Definition<D>[];
  get<T>(lookup: Lookup<T>, key?: string): T;
  get<T>(setting: Setting<T>): T;
}

/** Whether what is in one scope may be applied beside what is in another. A new object whenever the scopes change. */
export interface Visibility {
  readonly sees: (from: ScopeId, to: ScopeId) => boolean;
}

export const visibility = defineSetting<Visibility>('visibility', { sees: () => true });

/** Defines a table; say in a doc comment what the key is. */
export function defineTable<D>(name: string): Table<D> {
  const source = input<readonly Definition<D>[]>(name, []);
  const scoped = query(`${name}@scope`, (db, key) => {
    const scope = scopeOf(key);
    const { sees } = db.get(visibility.input, '');
    return db.get(source, keyOf(key)).filter((it) => sees(scope, it.scope));
  });
  return { type: 'table', name, input: source, scoped };
}

/** Defines a lookup: a pure function of what it looks up. Order is part of the value; sort by id where order means nothing. */
export function defineLookup<T>(
  name: string,
  answer: (look: Lookups, key: string) => T,
  options: { of?: readonly Table<unknown>[]; keysLeadingTo?: (definition: Definition) => readonly string[] } = {},
): Lookup<T> {
  return {
    type: 'lookup',
    name,
    of: options.of ?? [],
    keysLeadingTo: options.keysLeadingTo ?? ((definition) => [definition.key]),
    query: query(name, (db, key) => answer(lookupsIn(db, scopeOf(key)), keyOf(key))),
  };
}

export function defineSetting<T>(name: string, byDefault: T): Setting<T> {
  return { type: 'setting', name, input: input(name, byDefault) };
}

/** Lookups of a subject in a scope. A subject outside every scope looks in all of them. */
export function lookupsIn(db: Reader, scope: ScopeId): Lookups {
  let byScope = lookupsOf.get(db);
  if (byScope === undefined) lookupsOf.set(db, (byScope = new Map()));
  let lookups = byScope.get(scope);
  if (lookups === undefined) byScope.set(scope, (lookups = makeLookups(db, scope)));
  return lookups;
}

/** One object a database and scope: every cell of a lookup asks for it. */
const lookupsOf = new WeakMap<Reader, Map<ScopeId, Lookups>>();

function makeLookups(db: Reader, scope: ScopeId): Lookups {
  return {
    get(source: Table<unknown> | Lookup<unknown> | Setting<unknown>, key: string = ''): never {
      if (source.type === 'setting') return db.get(source.input, '') as never;
      if (source.type === 'lookup') return db.get(source.query, scopedKey(scope, key)) as never;
      return (scope === '' ? db.get(source.input, key) : db.get(source.scoped, scopedKey(scope, key))) as never;
    },
  };
}

const SEPARATOR = '\u0001';

function scopedKey(scope: ScopeId, key: string): string {
  return scope === '' ? key : scope + SEPARATOR + key;
}

function scopeOf(key: string): ScopeId {
  const at = key.indexOf(SEPARATOR);
  return at < 0 ? '' : key.slice(0, at);
}

function keyOf(key: string): string {
  return key.slice(key.indexOf(SEPARATOR) + 1);
}
