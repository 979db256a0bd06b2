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
}

/** Something derived for one subject, which nobody else reads. It is queued whenever it is stale, so that a scheduler can bring it up to date. */
export interface Watch<S, T> {
  readonly type: 'watch';
  readonly name: string;
  readonly compute: (db: Reader, subject: S) => T;
  readonly nameOf: (subject: S) => string;
}

/** A watch of one subject, held by whoever asked for it: finding it by a name would take as long as bringing it up to date often does. */
export interface Watched<S, T> {
  readonly key: S;
  /** What it holds right now; undefined where it was never computed. */
  readonly value: T | undefined;
}

/** What a query (and a rule) may do: look things up. */
export interface Reader {
  get<T>(source: Input<T> | Query<T>, key: string): T;
}

export function input<T>(name: string, empty: T): Input<T> {
  return { type: 'input', name, empty };
}

export function query<T>(name: string, compute: (db: Reader, key: string) => T): Query<T> {
  return { type: 'query', name, compute };
}

export function watch<S, T>(name: string, compute: (db: Reader, subject: S) => T, nameOf: (subject: S) => string): Watch<S, T> {
  return { type: 'watch', name, compute, nameOf };
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

type Source = Input<unknown> | Query<unknown>;

interface Cell {
  readonly source: Source | Watch<unknown, unknown>;
  /** Of a watch, its subject. */
  key: unknown;
  value: unknown;
  state: typeof FRESH | typeof CHECK | typeof DIRTY | typeof COMPUTING;
  /** The last turn in which it was noted as read, so that no list holds it twice. A set for each computation costs more than the rest of it. */
  turn: number;
  reads: readonly Cell[];
  /** A lone reader is kept bare, a few in a list: most cells have no more, and 90,000 sets cost more than they help. */
  readers: Cell | Cell[] | Set<Cell> | undefined;
}

export class Database implements Reader {
  readonly #cells = new Map<Source, Map<string, Cell>>();
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
    const cell = this.#cell(source as Source, key);
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

  /** Whether anybody ever asked for an input's key, so that it has a value to be changed. */
  isRead<T>(source: Input<T>, key: string): boolean {
    return this.#cells.get(source as Input<unknown>)?.has(key) === true;
  }

  /** Reads a provided input's key again. A key that nobody ever read has no cell and costs nothing. */
  reload<T>(source: Input<T>, key: string): void {
    const cell = this.#cellsOf(source as Input<unknown>).get(key);
    if (cell !== undefined) this.#assign(cell, this.#loaders.get(source as Input<unknown>)!(key));
  }

  /** The same for all keys that anybody ever read. */
  reloadAll<T>(source: Input<T>): void {
    const load = this.#loaders.get(source as Input<unknown>)!;
    for (const [key, cell] of this.#cellsOf(source as Input<unknown>)) this.#assign(cell, load(key));
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
      const source = cell.source as Input<unknown>;
      if (cell.readers === undefined && this.#loaders.has(source)) this.#cells.get(source)?.delete(cell.key as string);
    }
    this.#unread.clear();
  }

  /** Has something computed for a subject, by and by: it is stale from the start. */
  watch<S, T>(source: Watch<S, T>, subject: S): Watched<S, T> {
    const cell = newCell(source as Watch<unknown, unknown>, subject, undefined, DIRTY);
    this.#stale.add(cell);
    return cell as Watched<S, T>;
  }

  /** The value of a watch, up to date. */
  valueOf<S, T>(watched: Watched<S, T>): T {
    const cell = watched as Cell;
    if (cell.state !== FRESH) this.#refresh(cell);
    return cell.value as T;
  }

  /** Has a watch computed again, for a subject that is another, or for what it takes from elsewhere than from cells. */
  outdate<S, T>(watched: Watched<S, T>, subject: S): void {
    const cell = watched as Cell;
    cell.key = subject;
    this.#revision++;
    this.#mark(cell, DIRTY);
  }

  /** Ends a watch. */
  drop<S, T>(watched: Watched<S, T>): void {
    this.#detach(watched as Cell);
    this.#stale.delete(watched as Cell);
  }

  /** What waits to be brought up to date, the longest first; it may be while one goes through them. */
  stale<S, T>(source: Watch<S, T>): Iterable<Watched<S, T>> {
    return this.#staleOf(source as Watch<unknown, unknown>) as Iterable<Watched<S, T>>;
  }

  *#staleOf(source: Watch<unknown, unknown>): Iterable<Cell> {
    for (const cell of this.#stale) if (cell.source === source) yield cell;
  }

  get staleCount(): number {
    return this.#stale.size;
  }

  isStale<S, T>(watched: Watched<S, T>): boolean {
    return (watched as Cell).state !== FRESH;
  }

  /** What a watch looked up when it was last computed, for "why do I see this?". */
  readsOf<S, T>(watched: Watched<S, T>): readonly { source: string; key: string; value: unknown }[] {
    return (watched as Cell).reads.map((read) => ({ source: read.source.name, key: read.key as string, value: read.value }));
  }

  #cellsOf(source: Source): Map<string, Cell> {
    let cells = this.#cells.get(source);
    if (cells === undefined) this.#cells.set(source, (cells = new Map()));
    return cells;
  }

  #cell(source: Source, key: string): Cell {
    const cells = this.#cellsOf(source);
    let cell = cells.get(key);
    if (cell === undefined) {
      if (source.type === 'input') {
        const load = this.#loaders.get(source);
        cell = newCell(source, key, load ? load(key) : source.empty, FRESH);
      } else {
        cell = newCell(source, key, undefined, DIRTY);
      }
      cells.set(intern(key), cell);
    }
    return cell;
  }

  #refresh(cell: Cell): void {
    if (cell.state === FRESH) return;
    if (cell.state === COMPUTING) throw new Error(`query reads itself: ${this.#trail()} > ${nameOf(cell)}`);
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
    const source = cell.source as Query<unknown> | Watch<unknown, unknown>;
    const first = this.#readCount;
    const before = cell.state;
    cell.state = COMPUTING;
    this.#stack.push({ cell, turn: ++this.#turn });
    let value: unknown;
    let end: number;
    try {
      value = source.compute(this, cell.key as never);
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
      cell.value = withoutRoom(value, cell.reads);
      forEachReader(cell, (reader) => {
        if (reader.state !== DIRTY && reader.state !== COMPUTING) this.#mark(reader, DIRTY);
      });
    }
    this.#settle(cell);
  }

  #settle(cell: Cell): void {
    cell.state = FRESH;
    if (cell.source.type === 'watch') this.#stale.delete(cell);
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
    if (cell.source.type === 'watch') this.#stale.add(cell);
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
    return this.#stack.map(({ cell }) => nameOf(cell)).join(' > ');
  }
}

function newCell(source: Cell['source'], key: unknown, value: unknown, state: Cell['state']): Cell {
  return { source, key, value, state, turn: 0, reads: NO_CELLS, readers: undefined };
}

function nameOf({ source, key }: Cell): string {
  return `${source.name}(${source.type === 'watch' ? source.nameOf(key) : (key as string)})`;
}

/** A list that was made is kept without the room that it was given to grow; one that was handed on from another cell stays the one that it is. */
function withoutRoom(value: unknown, reads: readonly Cell[]): unknown {
  if (!Array.isArray(value) || value.length === 0 || reads.some((it) => it.value === value)) return value;
  return value.slice();
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
    if (readers.length < FEW) cell.readers = readers.concat([reader]);
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
