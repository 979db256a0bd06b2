import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { threadId } from 'node:worker_threads';
import { fileURLToPath } from 'node:url';
import { cacheFolder, makeFolder, readOwn } from './cache-folder.js';
import type { Packed } from './packed.js';

/**
 * What files show by themselves, kept on disk from one start to the next. An entry is found by a hash of all that it was made of, so that it is
 * never out of date: the build, the choices of settings, names and bytes of its files. One file a workspace holds what its last start used.
 * Whatever goes wrong, there is no cache, and nobody is told.
 */
export class PreparedCache {
  readonly #file: string;
  readonly #kept: ReadonlyMap<string, Buffer>;
  /** What is written anew of those that were kept, until something new comes. */
  #used: string[] = [];
  #out: number | undefined;
  #isBroken = false;

  private constructor(
    file: string,
    private readonly build: string,
  ) {
    this.#file = file;
    this.#kept = entriesIn(file);
  }

  /** The cache of a workspace with these folders; undefined where there can be none. */
  static of(folders: readonly string[]): PreparedCache | undefined {
    const folder = cacheFolder();
    const build = buildId();
    if (folder === undefined || build === undefined || folders.length === 0) return undefined;
    const name = createHash('sha256')
      .update(JSON.stringify([...folders].sort()))
      .digest('hex');
    return new PreparedCache(path.join(folder, FOLDER, `${name}${ENDING}`), build);
  }

  /** A key to begin with; `choices` of settings decide what is found, too. */
  keyFor(choices: string): CacheKey {
    return new CacheKey(this.build, choices);
  }

  find(key: string): Packed | undefined {
    const entry = this.#kept.get(key);
    const packed = entry && packedIn(entry);
    if (packed === undefined) return undefined;
    if (this.#out === undefined) this.#used.push(key);
    else this.#write(key, entry!);
    return packed;
  }

  keep(key: string, packed: Packed): void {
    if (this.#isBroken) return;
    this.#begin();
    this.#write(key, entryOf(packed));
  }

  /** Puts what was used in the place of what was kept before. */
  end(): void {
    if (this.#isBroken) return;
    // What is no longer used goes, too.
    if (this.#used.length < this.#kept.size) this.#begin();
    this.#safely(() => {
      if (this.#out === undefined) {
        const now = new Date();
        utimesSync(this.#file, now, now);
      } else {
        this.#close();
        renameSync(this.#written, this.#file);
      }
      removeOld(path.dirname(this.#file));
    });
  }

  get #written(): string {
    return `${this.#file}.${process.pid}-${threadId}`;
  }

  #begin(): void {
    if (this.#out !== undefined) return;
    this.#safely(() => {
      makeFolder(path.dirname(this.#file));
      rmSync(this.#written, { force: true });
      this.#out = openSync(this.#written, 'wx', 0o600);
      writeSync(this.#out, MAGIC);
    });
    for (const key of this.#used.splice(0)) this.#write(key, this.#kept.get(key)!);
  }

  #write(key: string, entry: Buffer): void {
    this.#safely(() => {
      const head = Buffer.alloc(KEY_LENGTH + 4);
      head.write(key, 'hex');
      head.writeUInt32LE(entry.length, KEY_LENGTH);
      writeSync(this.#out!, Buffer.concat([head, entry]));
    });
  }

  #safely(task: () => void): void {
    if (this.#isBroken) return;
    try {
      task();
    } catch {
      this.#isBroken = true;
      this.#discard();
    }
  }

  #close(): void {
    const out = this.#out;
    this.#out = undefined;
    if (out !== undefined) closeSync(out);
  }

  #discard(): void {
    try {
      this.#close();
      rmSync(this.#written, { force: true });
    } catch {
      // It is removed once it is old.
    }
  }
}

/** A hash of all that what is kept is made of. */
export class CacheKey {
  readonly #hash = createHash('sha256');

  constructor(build: string, choices: string) {
    this.#hash.update(JSON.stringify([build, process.version, choices]));
  }

  addFile(uri: string, bytes: Uint8Array): void {
    this.#hash.update(`\n${uri}\n${bytes.length}\n`).update(bytes);
  }

  /** One of which nothing is kept, whatever it holds. */
  addOther(uri: string): void {
    this.#hash.update(`\n${uri}\n-\n`);
  }

  toString(): string {
    return this.#hash.digest('hex');
  }
}

/** What `scripts/build.mjs` writes beside the bundles: another one for each build. */
function buildId(): string | undefined {
  try {
    return readFileSync(path.join(path.dirname(fileURLToPath(import.meta.url)), 'build-id.txt'), 'utf8');
  } catch {
    return undefined;
  }
}

const FOLDER = 'prepared';
const ENDING = '.cache';
const MAGIC = Buffer.from('what files show by themselves, 1\n');
const KEY_LENGTH = 32;
/** Of what an entry holds, so that damage is seen. */
const SUM_LENGTH = 32;

/** Sum, length of the bytes, the bytes, the texts. */
function entryOf({ bytes, texts }: Packed): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes.length);
  const content = Buffer.concat([length, bytes, serialize(texts)]);
  return Buffer.concat([sumOf(content), content]);
}

function packedIn(entry: Buffer): Packed | undefined {
  try {
    const content = entry.subarray(SUM_LENGTH);
    if (!sumOf(content).equals(entry.subarray(0, SUM_LENGTH))) return undefined;
    const end = 4 + content.readUInt32LE(0);
    // A copy: it is handed to another thread, and what it is taken from is not.
    return { bytes: new Uint8Array(content.subarray(4, end)), texts: deserialize(content.subarray(end)) as readonly string[] };
  } catch {
    return undefined;
  }
}

function sumOf(content: Buffer): Buffer {
  return createHash('sha256').update(content).digest();
}

function entriesIn(file: string): ReadonlyMap<string, Buffer> {
  const entries = new Map<string, Buffer>();
  const all = contentOf(file);
  if (!all?.subarray(0, MAGIC.length).equals(MAGIC)) return entries;
  for (let at = MAGIC.length; at + KEY_LENGTH + 4 <= all.length;) {
    const begin = at + KEY_LENGTH + 4;
    const end = begin + all.readUInt32LE(begin - 4);
    if (end > all.length) break;
    entries.set(all.toString('hex', at, at + KEY_LENGTH), all.subarray(begin, end));
    at = end;
  }
  return entries;
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readOwn(file);
  } catch {
    // There is none, as at the first start, or none that may be read.
    return undefined;
  }
}

const DAY = 24 * 60 * 60 * 1000;

/** Workspaces that nobody opened for long, and what was left half written. */
function removeOld(folder: string): void {
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    const age = Date.now() - statSync(file).mtimeMs;
    if (age > (name.endsWith(ENDING) ? 30 : 1) * DAY) rmSync(file, { force: true });
  }
}
