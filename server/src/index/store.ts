import type { Definition, Reference } from '../model/facts.js';
import type { Emit, Kind, Named } from '../model/kind.js';
import type { Resource } from '../model/resource.js';
import type { Database } from '../query/database.js';
import type { Lookup, Table } from './tables.js';

/** What a resource states: kept for as long as its document's text stays the same. */
export interface Facts {
  readonly definitions: readonly Definition[];
  readonly references: readonly Reference[];
}

export const NO_FACTS: Facts = { definitions: [], references: [] };

/** Runs a kind's `extract`. A throw is a bug of that kind: the caller reports it and goes on without the resource's facts. */
export function extractFacts(kind: Kind, resource: Resource): Facts {
  const definitions: Definition[] = [];
  const references: Reference[] = [];
  const emit: Emit = {
    define<D>(table: Named<D>, key: string, at: { start: number; end: number }, data: D) {
      definitions.push({
        table: table.name,
        key,
        resource: resource.id,
        scope: resource.scope,
        range: { start: at.start, end: at.end },
        data,
      });
    },
    refer(lookup, key, at, nameRange) {
      references.push({
        lookup: lookup.name,
        key,
        resource: resource.id,
        scope: resource.scope,
        range: { start: at.start, end: at.end },
        nameRange: nameRange && { start: nameRange.start, end: nameRange.end },
      });
    },
  };
  kind.extract(resource, emit);
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
  /** `lookup|key` → references, unsorted; a lone one is kept bare. */
  readonly #references = new Map<string, Reference | Set<Reference>>();

  constructor(db: Database, tables: readonly Table<unknown>[]) {
    this.#db = db;
    for (const table of tables) {
      const byKey = new Map<string, Definition[]>();
      this.#tables.set(table.name, { table, byKey, touched: new Set(), keys: undefined });
      db.provide(table.input, (key) => sorted(byKey.get(key)));
    }
  }

  add(facts: Facts): void {
    for (const definition of facts.definitions) {
      const facts = this.#tableOf(definition);
      const { byKey, touched } = facts;
      const list = byKey.get(definition.key);
      if (list === undefined) facts.keys = undefined;
      // A list of one is what readers were given, and stays as it is.
      if (list === undefined || list.length === 1) byKey.set(definition.key, list === undefined ? [definition] : [list[0]!, definition]);
      else list.push(definition);
      touched.add(definition.key);
    }
    for (const reference of facts.references) {
      const key = referenceKey(reference.lookup, reference.key);
      const known = this.#references.get(key);
      if (known === undefined) this.#references.set(key, reference);
      else if (known instanceof Set) known.add(reference);
      else this.#references.set(key, new Set([known, reference]));
    }
  }

  remove(facts: Facts): void {
    for (const definition of facts.definitions) {
      const facts = this.#tableOf(definition);
      const { byKey, touched } = facts;
      const list = byKey.get(definition.key);
      const at = list?.indexOf(definition) ?? -1;
      if (list === undefined || at < 0) continue;
      if (list.length === 1) {
        byKey.delete(definition.key);
        facts.keys = undefined;
      } else if (list.length === 2) byKey.set(definition.key, [list[1 - at]!]);
      else list.splice(at, 1);
      touched.add(definition.key);
    }
    for (const reference of facts.references) {
      const key = referenceKey(reference.lookup, reference.key);
      const known = this.#references.get(key);
      if (known === reference) this.#references.delete(key);
      else if (known instanceof Set && known.delete(reference) && known.size === 0) this.#references.delete(key);
    }
  }

  /** Hands the keys touched since the last call to the database; equal values wake nobody. */
  commit(): void {
    for (const { table, touched } of this.#tables.values()) {
      for (const key of touched) this.#db.reload(table.input, key);
      touched.clear();
    }
  }

  referencesTo(lookup: Lookup<unknown> | Table<unknown>, key: string): readonly Reference[] {
    const found = this.#references.get(referenceKey(lookup.name, key));
    return found === undefined ? [] : found instanceof Set ? [...found].sort(byPlace) : [found];
  }

  /** Keys that a table holds right now, sorted; only features may enumerate (completion), never rules. */
  keysOf(table: Table<unknown>): readonly string[] {
    const facts = this.#tables.get(table.name);
    if (facts === undefined) return [];
    return (facts.keys ??= [...facts.byKey.keys()].sort());
  }

  #tableOf(definition: Definition): TableFacts {
    const entry = this.#tables.get(definition.table);
    if (!entry) throw new Error(`table ${definition.table} is not listed by any mesh module`);
    return entry;
  }
}

interface TableFacts {
  readonly table: Table<unknown>;
  readonly byKey: Map<string, Definition[]>;
  readonly touched: Set<string>;
  /** The keys in order, once somebody asked, until one comes or goes. */
  keys: readonly string[] | undefined;
}

function referenceKey(lookup: string, key: string): string {
  return `${lookup}|${key}`;
}

function sorted(definitions: readonly Definition[] | undefined): readonly Definition[] {
  return definitions === undefined ? NO_FACTS.definitions : definitions.length === 1 ? definitions : definitions.slice().sort(byPlace);
}

function byPlace(a: { resource: string; range: { start: number } }, b: { resource: string; range: { start: number } }): number {
  return a.resource < b.resource ? -1 : a.resource > b.resource ? 1 : a.range.start - b.range.start;
}
