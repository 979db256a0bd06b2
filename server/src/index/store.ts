import { KeptReference, type Definition, type Reference } from '../model/facts.js';
import type { Emit, Kind, Named } from '../model/kind.js';
import type { Resource } from '../model/resource.js';
import type { Database } from '../query/database.js';
import { intern } from '../text/intern.js';
import { placeIn } from '../text/sorted.js';
import { lastingRange } from '../text/range.js';
import type { Lookup, Table } from './tables.js';

/** What a resource states: kept for as long as its document's text stays the same. */
export interface Facts {
  readonly definitions: readonly Definition[];
  readonly references: readonly Reference[];
}

export const NO_FACTS: Facts = { definitions: [], references: [] };

/** Runs what extracts facts from a kind. A throw is a bug of theirs: the caller reports it and goes on without the resource's facts. */
export function extractFacts(extractors: readonly Pick<Kind, 'extract'>[], resource: Resource): Facts {
  const definitions: Definition[] = [];
  const references: Reference[] = [];
  const emit: Emit = {
    define<D>(table: Named<D>, key: string, at: { start: number; end: number }, data: D) {
      definitions.push({
        table: table.name,
        key,
        resource: resource.id,
        scope: resource.scope,
        range: lastingRange(at.start, at.end),
        data,
      });
    },
    refer(lookup, key, at, nameRange) {
      const { id, scope } = resource;
      references.push(new KeptReference(lookup.name, key, id, scope, at.start, at.end, nameRange?.start ?? -1, nameRange?.end ?? -1));
    },
  };
  for (const it of extractors) it.extract(resource, emit);
  // Kept for long: without the room that growing lists have, and nothing is always the same nothing.
  return definitions.length + references.length === 0
    ? NO_FACTS
    : {
        definitions: definitions.length === 0 ? NO_FACTS.definitions : definitions.slice(),
        references: references.length === 0 ? NO_FACTS.references : references.slice(),
      };
}

/** All facts of the workspace by table and key, and who refers to what. Feeds the tables' inputs of a database. */
export class FactStore {
  readonly #db: Database;
  readonly #tables = new Map<string, TableFacts>();
  /** References by lookup and key, unsorted; a lone one is kept bare. */
  readonly #references = new Map<string, Map<string, Reference | Reference[]>>();
  /** Lists with definitions at their end that belong elsewhere; whoever reads one puts it in order first. */
  readonly #unsorted = new Set<Definition[]>();

  constructor(db: Database, tables: readonly Table<unknown>[]) {
    this.#db = db;
    for (const table of tables) {
      const byKey: TableFacts['byKey'] = new Map();
      this.#tables.set(table.name, { table, byKey, touched: new Set(), keys: undefined });
      db.provide(table.input, (key) => copyOf(this.#inOrder(byKey.get(key))));
    }
  }

  /** `isBulk`: very many are to come, and a list of thousands is put in order once, when somebody reads it. */
  add(facts: Facts, isBulk = false): void {
    // Facts that are made for another host are never kept here: sharing texts is for those that are.
    for (const definition of facts.definitions) {
      const facts = this.#tableOf(definition);
      const { byKey } = facts;
      const known = byKey.get(definition.key);
      shareKey(definition, Array.isArray(known) ? known[0] : known);
      if (known === undefined) byKey.set(definition.key, definition);
      else if (!Array.isArray(known))
        byKey.set(definition.key, byPlace(known, definition) <= 0 ? [known, definition] : [definition, known]);
      else if (isBulk && known.length > FEW && byPlace(known[known.length - 1]!, definition) > 0) {
        known.push(definition);
        this.#unsorted.add(known);
      } else if (this.#unsorted.has(known)) known.push(definition);
      else insertSorted(known, definition);
      this.#touch(facts, definition.key);
    }
    for (const reference of facts.references) {
      const { lookup, key } = reference;
      let byKey = this.#references.get(lookup);
      if (byKey === undefined) this.#references.set(lookup, (byKey = new Map()));
      const known = byKey.get(key);
      shareKey(reference, Array.isArray(known) ? known[0] : known);
      if (known === undefined) byKey.set(key, reference);
      else if (Array.isArray(known)) known.push(reference);
      else byKey.set(key, [known, reference]);
    }
  }

  remove(facts: Facts): void {
    for (const definition of facts.definitions) {
      const facts = this.#tableOf(definition);
      const { byKey } = facts;
      const known = byKey.get(definition.key);
      if (known === definition) byKey.delete(definition.key);
      else if (Array.isArray(known)) {
        // Where many come and go by turns, putting a list in order for each of them takes longer than looking through it.
        const at = this.#unsorted.has(known) ? known.indexOf(definition) : placeOf(known, definition);
        if (at < 0) continue;
        if (known.length === 2) byKey.set(definition.key, known[1 - at]!);
        else known.splice(at, 1);
      } else continue;
      this.#touch(facts, definition.key);
    }
    for (const reference of facts.references) {
      const byKey = this.#references.get(reference.lookup);
      const known = byKey?.get(reference.key);
      if (known === reference) byKey?.delete(reference.key);
      else if (Array.isArray(known)) {
        const at = known.indexOf(reference);
        if (at >= 0) known.splice(at, 1);
        if (known.length === 0) byKey?.delete(reference.key);
      }
    }
  }

  /** Hands the keys touched since the last call to the database; equal values wake nobody. */
  commit(): void {
    for (const facts of this.#tables.values()) {
      const { table, touched } = facts;
      for (const key of touched) this.#db.reload(table.input, key);
      keepKeys(facts);
      touched.clear();
    }
  }

  referencesTo(lookup: Lookup<unknown> | Table<unknown>, key: string): readonly Reference[] {
    const found = this.#references.get(lookup.name)?.get(key);
    return found === undefined ? [] : Array.isArray(found) ? [...found].sort(byPlace) : [found];
  }

  /** Keys that a table holds right now, sorted; only features may enumerate (completion), never rules. */
  keysOf(table: Table<unknown>): readonly string[] {
    const facts = this.#tables.get(table.name);
    if (facts === undefined) return [];
    return (facts.keys ??= [...facts.byKey.keys()].sort());
  }

  /** At the start, most keys come before anybody asked for them. */
  #touch({ table, touched, keys }: TableFacts, key: string): void {
    if (keys !== undefined || this.#db.isRead(table.input, key)) touched.add(key);
  }

  #inOrder(known: Definition | Definition[] | undefined): Definition | Definition[] | undefined {
    if (this.#unsorted.size > 0 && Array.isArray(known) && this.#unsorted.delete(known)) known.sort(byPlace);
    return known;
  }

  #tableOf(definition: Definition): TableFacts {
    const entry = this.#tables.get(definition.table);
    if (!entry) throw new Error(`table ${definition.table} is not listed by any mesh module`);
    return entry;
  }
}

/** Of equal keys one text is kept: that of a fact that is here already, or one for all that are called so. */
function shareKey(fact: { key: string }, known: { readonly key: string } | undefined): void {
  if (known === undefined) intern(fact.key);
  else fact.key = known.key;
}

/** Sorting the keys of a large table takes longer than a completion may: those of a few touched ones are put in and taken out. */
function keepKeys(facts: TableFacts): void {
  const { byKey, touched, keys } = facts;
  if (keys === undefined || touched.size === 0) return;
  if (touched.size > MANY_KEYS) {
    facts.keys = undefined;
    return;
  }
  for (const key of touched) {
    const place = placeIn(keys, key);
    const isThere = keys[place] === key;
    if (isThere && !byKey.has(key)) keys.splice(place, 1);
    else if (!isThere && byKey.has(key)) keys.splice(place, 0, key);
  }
}

const MANY_KEYS = 100;

/** Shorter lists are put in order at once. */
const FEW = 64;

/** Lists are kept in order, so that one of ten thousand is not sorted at each change. Files mostly come in order, so the end is tried first. */
function insertSorted(list: Definition[], definition: Definition): void {
  if (byPlace(list[list.length - 1]!, definition) <= 0) list.push(definition);
  else list.splice(placeAfter(list, definition), 0, definition);
}

/** Index of the first definition that comes after one. */
function placeAfter(list: readonly Definition[], definition: Definition): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byPlace(list[middle]!, definition) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function placeOf(list: readonly Definition[], definition: Definition): number {
  let at = placeAfter(list, definition) - 1;
  while (at >= 0 && list[at] !== definition && byPlace(list[at]!, definition) === 0) at--;
  return list[at] === definition ? at : -1;
}

interface TableFacts {
  readonly table: Table<unknown>;
  /** Lists in order; a lone definition, as most are, is kept bare. */
  readonly byKey: Map<string, Definition | Definition[]>;
  /** Keys changed since the last commit, of those that somebody reads. */
  readonly touched: Set<string>;
  /** The keys in order, once somebody asked, until one comes or goes. */
  keys: string[] | undefined;
}

function copyOf(known: Definition | Definition[] | undefined): readonly Definition[] {
  return known === undefined ? NO_FACTS.definitions : Array.isArray(known) ? known.slice() : [known];
}

function byPlace(a: { resource: string; range: { start: number } }, b: { resource: string; range: { start: number } }): number {
  return a.resource < b.resource ? -1 : a.resource > b.resource ? 1 : a.range.start - b.range.start;
}
