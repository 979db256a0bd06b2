import { intern } from '../text/intern.js';

/**
 * The incremental engine. A cell is (source, key). Inputs are set from outside; queries are computed from other cells, and what
 * they read, found or empty, is recorded. Setting an input marks its direct readers dirty and everything behind them as to be
 * checked; a cell to be checked first refreshes what it read, and is computed again only if one of those really changed.
 */

/** Values set from outside, by key. */
export interface Input<T> {
  readonly type: 'input';
  readonly name: string;
  readonly empty: T;
}

/** Values derived from other cells, remembered by key. */
export interface Query<T> {
  readonly type: 'query';
  readonly name: string;
  readonly compute: (db: Reader, key: string) => T;
  /** Stale cells of an observed query are queued, so that a scheduler can bring them up to date. */
  readonly observed: boolean;
}

/** What a query (and a rule) may do: look things up. */
export interface Reader {
  get<T>(source: Input<T> | Query<T>, key: string): T;
}

export function input<T>(name: string, empty: T): Input<T> {
  return { type: 'input', name, empty };
}

export function query<T>(name: string, compute: (db: Reader, key: string) => T, options: { observed?: boolean } = {}): Query<T> {
  return { type: 'query', name, compute, observed: options.observed ?? false };
}

const FRESH = 0;
const CHECK = 1;
const DIRTY = 2;
/** Being computed right now: whoever asks for it meanwhile reads itself. */
const COMPUTING = 3;

/** A computation that is under way. */
interface Frame {
  readonly cell: Cell;
  readonly turn: number;
}

interface Cell {
  readonly source: Input<unknown> | Query<unknown>;
  readonly key: string;
  value: unknown;
  state: typeof FRESH | typeof CHECK | typeof DIRTY | typeof COMPUTING;
  /** The last turn in which it was noted as read, so that no list holds it twice. A set for each computation costs more than the rest of it. */
  turn: number;
  reads: readonly Cell[];
  /** A lone reader is kept bare, a few in a list: most cells have no more, and 90,000 sets cost more than they help. */
  readers: Cell | Cell[] | Set<Cell> | undefined;
}

export class Database implements Reader {
  readonly #cells = new Map<Input<unknown> | Query<unknown>, Map<string, Cell>>();
  readonly #stack: Frame[] = [];
  /** What the computations under way have read so far, one behind the other; only the first `#readCount` count. A list for each of them costs more than the rest of it. */
  readonly #reads: Cell[] = [];
  #readCount = 0;
  #turn = 0;
  readonly #stale = new Set<Cell>();
  readonly #loaders = new Map<Input<unknown>, (key: string) => unknown>();
  /** Input cells that nobody may read any more; they are looked at when no query is being computed. */
  readonly #unread = new Set<Cell>();
  #revision = 0;

  /** Grows by one whenever an input really changed. */
  get revision(): number {
    return this.#revision;
  }

  get<T>(source: Input<T> | Query<T>, key: string): T {
    const cell = this.#cell(source as Input<unknown> | Query<unknown>, key);
    const frame = this.#stack[this.#stack.length - 1];
    if (frame !== undefined && cell.turn !== frame.turn) {
      cell.turn = frame.turn;
      this.#reads[this.#readCount++] = cell;
    }
    if (cell.state !== FRESH) this.#refresh(cell);
    return cell.value as T;
  }

  /** Lets an input take its values from a store of somebody else; that one tells by `reload` which keys changed. */
  provide<T>(source: Input<T>, load: (key: string) => T): void {
    this.#loaders.set(source as Input<unknown>, load);
  }

  /** Reads a provided input's key again. A key that nobody ever read has no cell and costs nothing. */
  reload<T>(source: Input<T>, key: string): void {
    const cell = this.#cellsOf(source as Input<unknown>).get(key);
    if (cell !== undefined) this.#assign(cell, this.#loaders.get(source as Input<unknown>)!(key));
  }

  /** Sets an input; equal values change nothing. Returns whether it changed. */
  set<T>(source: Input<T>, key: string, value: T): boolean {
    return this.#assign(this.#cell(source as Input<unknown>, key), value);
  }

  #assign(cell: Cell, value: unknown): boolean {
    if (this.#stack.length > 0) throw new Error(`query ${this.#trail()} sets input ${cell.source.name}`);
    this.#forgetUnread();
    if (isEqual(cell.value, value)) return false;
    cell.value = value;
    this.#revision++;
    this.#markReaders(cell);
    return true;
  }

  #forgetUnread(): void {
    for (const cell of this.#unread) {
      if (cell.readers === undefined && this.#loaders.has(cell.source as Input<unknown>)) this.#cells.get(cell.source)?.delete(cell.key);
    }
    this.#unread.clear();
  }

  /** Forgets a query's cell, for example when its resource is gone. */
  drop<T>(source: Query<T>, key: string): void {
    const cells = this.#cells.get(source as Query<unknown>);
    const cell = cells?.get(key);
    if (cell === undefined) return;
    this.#detach(cell);
    this.#stale.delete(cell);
    if (cell.readers !== undefined) {
      cell.state = DIRTY; // somebody still reads it: it will be computed again on demand
      this.#markReaders(cell);
      return;
    }
    cells!.delete(key);
  }

  /** Has a query's cell computed again for what it takes from elsewhere than from cells; one that nobody asked for has nothing to forget. */
  outdate<T>(source: Query<T>, key: string): void {
    const cell = this.#cells.get(source as Query<unknown>)?.get(key);
    if (cell === undefined) return;
    this.#revision++;
    this.#mark(cell, DIRTY);
    this.#markReaders(cell);
  }

  /** Makes an observed query stale for a key, so that it is queued even if nobody ever asked for it. */
  observe<T>(source: Query<T>, key: string): void {
    const cell = this.#cell(source as Query<unknown>, key);
    if (cell.state !== FRESH) this.#stale.add(cell);
  }

  /** Keys of an observed query whose cells wait to be brought up to date; they may be while one goes through them. */
  *staleKeys<T>(source: Query<T>): Iterable<string> {
    for (const cell of this.#stale) if (cell.source === (source as unknown)) yield cell.key;
  }

  get staleCount(): number {
    return this.#stale.size;
  }

  /** Whether a cell holds a value that may be out of date, or none yet. */
  isStale<T>(source: Query<T>, key: string): boolean {
    const cell = this.#cells.get(source as Query<unknown>)?.get(key);
    return cell === undefined || cell.state !== FRESH;
  }

  /** What a cell holds right now, without computing anything; undefined where it was never computed. */
  peek<T>(source: Query<T>, key: string): T | undefined {
    return this.#cells.get(source as Query<unknown>)?.get(key)?.value as T | undefined;
  }

  /** What a cell looked up when it was last computed, for "why do I see this?". */
  readsOf<T>(source: Query<T>, key: string): readonly { source: string; key: string; value: unknown }[] {
    const cell = this.#cells.get(source as Query<unknown>)?.get(key);
    return (cell?.reads ?? []).map((read) => ({ source: read.source.name, key: read.key, value: read.value }));
  }

  #cellsOf(source: Input<unknown> | Query<unknown>): Map<string, Cell> {
    let cells = this.#cells.get(source);
    if (cells === undefined) this.#cells.set(source, (cells = new Map()));
    return cells;
  }

  #cell(source: Input<unknown> | Query<unknown>, key: string): Cell {
    const cells = this.#cellsOf(source);
    let cell = cells.get(key);
    if (cell === undefined) {
      const isInput = source.type === 'input';
      const load = isInput ? this.#loaders.get(source) : undefined;
      cell = {
        source,
        key,
        value: isInput ? (load ? load(key) : source.empty) : undefined,
        state: isInput ? FRESH : DIRTY,
        turn: 0,
        reads: NO_CELLS,
        readers: undefined,
      };
      // Observed ones are called as resources are, of whose names there is but one copy.
      cells.set(isInput || !source.observed ? intern(key) : key, cell);
    }
    return cell;
  }

  #refresh(cell: Cell): void {
    if (cell.state === FRESH) return;
    if (cell.state === COMPUTING) throw new Error(`query reads itself: ${this.#trail()} > ${cell.source.name}(${cell.key})`);
    if (cell.state === CHECK) {
      for (const read of cell.reads) {
        this.#refresh(read);
        if ((cell.state as number) === DIRTY) break;
      }
      if (cell.state === CHECK) {
        this.#settle(cell);
        return;
      }
    }
    this.#compute(cell);
  }

  #compute(cell: Cell): void {
    const source = cell.source as Query<unknown>;
    const first = this.#readCount;
    const before = cell.state;
    cell.state = COMPUTING;
    this.#stack.push({ cell, turn: ++this.#turn });
    let value: unknown;
    let end: number;
    try {
      value = source.compute(this, cell.key);
    } finally {
      this.#stack.pop();
      cell.state = before;
      end = this.#readCount;
      this.#readCount = first;
    }
    // What another computation read in between may be in the list twice.
    const turn = ++this.#turn;
    let last = first;
    for (let i = first; i < end; i++) {
      const read = this.#reads[i]!;
      if (read.turn === turn) continue;
      read.turn = turn;
      this.#reads[last++] = read;
      addReader(read, cell);
    }
    this.#detach(cell, turn);
    cell.reads = last === first ? NO_CELLS : this.#reads.slice(first, last);
    const changed = !isEqual(cell.value, value);
    if (changed) {
      cell.value = value;
      forEachReader(cell, (reader) => {
        if (reader.state !== DIRTY && reader.state !== COMPUTING) this.#mark(reader, DIRTY);
      });
    }
    this.#settle(cell);
  }

  #settle(cell: Cell): void {
    cell.state = FRESH;
    if ((cell.source as Query<unknown>).observed) this.#stale.delete(cell);
  }

  #markReaders(cell: Cell): void {
    const walk: Cell[] = [];
    forEachReader(cell, (reader) => {
      if (reader.state === FRESH) walk.push(reader);
      this.#mark(reader, DIRTY);
    });
    // Everything behind a direct reader is only to be checked: an equal result will stop the wave there.
    for (let next = walk.pop(); next !== undefined; next = walk.pop()) {
      forEachReader(next, (reader) => {
        if (reader.state !== FRESH) return;
        this.#mark(reader, CHECK);
        walk.push(reader);
      });
    }
  }

  #mark(cell: Cell, state: typeof CHECK | typeof DIRTY): void {
    cell.state = state;
    if ((cell.source as Query<unknown>).observed) this.#stale.add(cell);
  }

  /** Takes a cell from the readers of what it read, but for those noted in a turn. */
  #detach(cell: Cell, except = -1): void {
    for (const read of cell.reads) {
      if (read.turn === except) continue;
      removeReader(read, cell);
      if (read.readers === undefined && read.source.type === 'input') this.#unread.add(read);
    }
    cell.reads = NO_CELLS;
  }

  #trail(): string {
    return this.#stack.map(({ cell }) => `${cell.source.name}(${cell.key})`).join(' > ');
  }
}

const NO_CELLS: readonly Cell[] = [];

/** More readers than this are kept in a set. */
const FEW = 12;

function addReader(cell: Cell, reader: Cell): void {
  const { readers } = cell;
  if (readers === undefined) cell.readers = reader;
  else if (readers instanceof Set) readers.add(reader);
  else if (Array.isArray(readers)) {
    if (readers.includes(reader)) return;
    // A new list of the right length: one that grows takes room for 17.
    if (readers.length < FEW) cell.readers = [...readers, reader];
    else cell.readers = new Set([...readers, reader]);
  } else if (readers !== reader) cell.readers = [readers, reader];
}

function removeReader(cell: Cell, reader: Cell): void {
  const { readers } = cell;
  if (readers === reader) cell.readers = undefined;
  else if (readers instanceof Set) {
    readers.delete(reader);
    if (readers.size === 0) cell.readers = undefined;
  } else if (Array.isArray(readers)) {
    const left = readers.filter((it) => it !== reader);
    cell.readers = left.length === 1 ? left[0] : left;
  }
}

function forEachReader(cell: Cell, visit: (reader: Cell) => void): void {
  const { readers } = cell;
  if (readers === undefined) return;
  if (readers instanceof Set || Array.isArray(readers)) for (const reader of readers) visit(reader);
  else visit(readers);
}

/** Structural equality of plain data (arrays, objects, maps, sets, scalars); anything else is equal only to itself. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => isEqual(item, b[i]));
  }
  if (a instanceof Map) {
    if (!(b instanceof Map) || a.size !== b.size) return false;
    for (const [key, value] of a) if (!b.has(key) || !isEqual(value, b.get(key))) return false;
    return true;
  }
  if (a instanceof Set) {
    if (!(b instanceof Set) || a.size !== b.size) return false;
    for (const item of a) if (!b.has(item)) return false;
    return true;
  }
  if (Object.getPrototypeOf(a) !== Object.prototype || Object.getPrototypeOf(b) !== Object.prototype) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && isEqual((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}
