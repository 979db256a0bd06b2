import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker, isMainThread, parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { createHost } from '../analysis/analyze.js';
import type { PreparedFile } from '../analysis/prepared.js';
import { settingIn, type Settings } from '../index/settings.js';
import { isReadFirst } from '../sources/scopes.js';
import { decodeText, DEFAULT_MAX_SIZE, readBytesNow, readTexts, type TextRead } from './files.js';
import { Packer, Unpacker, type Packed } from './packed.js';
import { PreparedCache, type CacheKey } from './prepared-cache.js';
import { bundledSchemas } from './schemas.js';

/**
 * A second thread that reads files and finds what they show by themselves, while the first one takes in what is ready and checks what
 * depends on several. It runs the same bundle, whose entry asks `isSecondThread` first.
 */

declare const MESHWRIGHT_VERSION: string | undefined;

/** A file to read, by the two names it goes by. */
export interface NamedFile {
  readonly path: string;
  readonly uri: string;
}

export type PreparedRead = TextRead & { readonly prepared?: PreparedFile | undefined };

export interface ReadOptions {
  /** In bytes. */
  readonly maxSize?: number | undefined;
  /** They choose the schemas to judge by. */
  readonly settings: Settings;
  /** URIs of the folders that files are looked for in, where what is found may be kept on disk for the next time. */
  readonly folders: readonly string[];
  /** Told where the second thread broke, which is our bug; what it left is read all the same. */
  readonly onFailure?: (error: Error) => void;
}

/** With fewer files, starting a thread and compiling all rules in it takes longer than it saves: at 450, half as long again. */
export const MANY_FILES = 3000;

/** With so many, more are likely to come: the second thread loads while they are looked for. */
const LIKELY_MANY = 2000;

/** Files told to the second thread at a time. */
const TOLD = 512;

/**
 * Files handed over at a time at most, or fewer when they are large: what the first thread does without a pause. Mostly a batch ends before,
 * at a file whose name says so, one in so many: where a file comes or goes, only the batch that it is in becomes another.
 */
const BATCH = 64;
const BATCH_LENGTH = 262_144;
const BATCH_ENDS = 48;

/** The same where nothing is prepared: then the first thread has more to do with each. */
const ALONE = 16;

/** Batches that may wait to be taken in. */
const AHEAD = 32;

/** What the second thread begins with; names of files follow, and `undefined` after the last one. */
interface Task {
  readonly maxSize: number;
  readonly settings: Settings;
  readonly folders: readonly string[];
  /** How many batches were taken in, where the first thread counts. */
  readonly taken: Int32Array;
  /** Where batches go. The first thread is told that there is one, and fetches it when it has time: until then it costs it no memory. */
  readonly out: MessagePort;
}

/** What was read, and what was prepared of each of them; apart from them those of which nothing is kept on disk. */
interface Batch {
  readonly reads: readonly TextRead[];
  readonly prepared: Packed;
  readonly unkept: Packed | undefined;
}

type Reads = readonly (readonly [NamedFile, PreparedRead])[];

/**
 * Reads files: many of them with a second thread, which begins while they are still looked for.
 */
export class Reader {
  /** They say what is applied together: whoever plans that reads them. */
  readonly #firstFiles: NamedFile[] = [];
  readonly #others: NamedFile[] = [];
  #second: SecondThread | undefined;

  constructor(private readonly options: ReadOptions) {}

  /** Takes note of a file to read, each once. */
  meet(file: NamedFile): void {
    (isReadFirst(file.uri) ? this.#firstFiles : this.#others).push(file);
    // Sources that run as they are have no bundle for a second thread to load.
    if (this.#second === undefined && this.#count === LIKELY_MANY && typeof MESHWRIGHT_VERSION === 'string') {
      this.#second = new SecondThread(this.options);
    }
    this.#second?.tell(this.#others, TOLD);
  }

  get #count(): number {
    return this.#firstFiles.length + this.#others.length;
  }

  /** Whether so many files that they are better taken in while others are read. */
  get isMany(): boolean {
    return this.#count >= MANY_FILES;
  }

  /**
   * Reads all that were met, some at a time, with turns of the event loop in between: first and at once those that say what is applied
   * together, then the others in their order, prepared where that can be done beforehand. `meanwhile` is done while nothing is there to
   * take in, and returns whether there is more.
   */
  async *read(meanwhile?: () => boolean): AsyncIterable<Reads> {
    try {
      if (!this.isMany) this.end();
      this.#second?.tellAll(this.#others);
      const first: (readonly [NamedFile, PreparedRead])[] = [];
      for await (const reads of this.#alone(this.#firstFiles)) first.push(...reads);
      if (first.length > 0) yield first;
      let done = 0;
      for await (const reads of this.#second?.read(this.#others.length, meanwhile) ?? []) {
        const before = done;
        done += reads.length;
        yield reads.map((it, i) => [this.#others[before + i]!, it] as const);
      }
      // All of them, or what a thread that broke has left.
      yield* this.#alone(this.#others.slice(done));
    } finally {
      this.end();
    }
  }

  async *#alone(files: readonly NamedFile[]): AsyncIterable<Reads> {
    const byPath = new Map(files.map((it) => [it.path, it]));
    let batch: (readonly [NamedFile, PreparedRead])[] = [];
    for await (const [file, read] of readTexts(byPath.keys(), this.options)) {
      batch.push([byPath.get(file)!, read]);
      if (batch.length < ALONE) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }

  /** Lets the second thread go. */
  end(): void {
    this.#second?.end();
    this.#second = undefined;
  }
}

/** The second thread, seen from the first. */
class SecondThread {
  readonly #taken = new Int32Array(new SharedArrayBuffer(4));
  readonly #worker: Worker;
  readonly #in: MessagePort;
  #told = 0;
  #isOver = false;
  #isAllRead = false;
  #wake = (): void => undefined;

  constructor({ maxSize, settings, folders, onFailure }: ReadOptions) {
    const { port1: out, port2 } = new MessageChannel();
    this.#in = port2;
    const task: Task = { maxSize: maxSize ?? DEFAULT_MAX_SIZE, settings, folders, taken: this.#taken, out };
    const options = { workerData: task, transferList: [out], stdout: true, stderr: true };
    this.#worker = new Worker(fileURLToPath(import.meta.url), options);
    this.#worker.on('message', () => this.#wake());
    const over = (): void => {
      this.#isOver = true;
      this.#wake();
    };
    this.#worker.on('error', (error) => {
      onFailure?.(error);
      over();
    });
    this.#worker.on('exit', over);
    // Who looks for files may fail, and then nobody reads.
    this.#worker.unref();
  }

  /** Tells of files that were not told yet, if there are so many. */
  tell(files: readonly NamedFile[], least: number): void {
    if (files.length - this.#told < least) return;
    this.#worker.postMessage(files.slice(this.#told));
    this.#told = files.length;
  }

  tellAll(files: readonly NamedFile[]): void {
    this.tell(files, 1);
    this.#worker.postMessage(undefined);
  }

  async *read(count: number, meanwhile: (() => boolean) | undefined): AsyncIterable<readonly PreparedRead[]> {
    this.#worker.ref();
    const unpacker = new Unpacker();
    for (let left = count; left > 0;) {
      const batch = receiveMessageOnPort(this.#in)?.message as Batch | undefined;
      if (batch === undefined) {
        if (this.#isOver) return;
        if (meanwhile?.() === true) await turn();
        else await new Promise<void>((resolve) => (this.#wake = resolve));
        continue;
      }
      const prepared = unpacker.unpack(batch.prepared);
      const unkept = batch.unkept && unpacker.unpack(batch.unkept);
      yield batch.reads.map((it, i) => ('text' in it ? { text: it.text, prepared: prepared[i] ?? unkept?.[i] } : it));
      left -= batch.reads.length;
      // What was read is worked on now, and messages are answered.
      await turn();
      Atomics.add(this.#taken, 0, 1);
      Atomics.notify(this.#taken, 0);
    }
    this.#isAllRead = true;
  }

  /** What was prepared may still be on its way to disk. */
  end(): void {
    if (!this.#isAllRead) void this.#worker.terminate();
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Whether this is the second thread. */
export const isSecondThread = !isMainThread && isTask(workerData);

function isTask(data: unknown): data is Task {
  return typeof data === 'object' && data !== null && 'taken' in data;
}

/** What the second thread does. */
export function runSecondThread(): void {
  const { maxSize, settings, folders, taken, out } = workerData as Task;
  const host = createHost({ schemas: bundledSchemas() });
  host.setSettings(settings);
  const packer = new Packer();
  const cache = settingIn(settings, 'files', 'cache') === 'off' ? undefined : PreparedCache.of(folders);
  const newKey = (): CacheKey | undefined => cache?.keyFor(host.choices);
  let key = newKey();
  let files: { readonly uri: string; readonly read: TextRead; readonly isKept: boolean }[] = [];
  let length = 0;
  let sent = 0;

  const take = ({ path, uri }: NamedFile): void => {
    const bytes = readBytesNow(path, maxSize);
    const read = 'bytes' in bytes ? decodeText(bytes.bytes, maxSize) : bytes;
    const isKept = 'text' in read && !mayHoldSecret(read.text);
    if (isKept && 'bytes' in bytes) key?.addFile(uri, bytes.bytes);
    else key?.addOther(uri);
    files.push({ uri, read, isKept });
    length += 'text' in read ? read.text.length : 0;
    if (files.length >= BATCH || length >= BATCH_LENGTH || endsBatch(uri)) send();
  };

  const prepare = (areKept: boolean): readonly (PreparedFile | undefined)[] =>
    files.map(({ uri, read, isKept }) => ('text' in read && isKept === areKept ? host.prepare(uri, read.text) : undefined));

  const send = (): void => {
    const hash = key?.toString();
    let prepared = hash === undefined ? undefined : cache!.find(hash);
    if (prepared === undefined) {
      const now = prepare(true);
      prepared = packer.pack(now);
      if (hash !== undefined && !now.some(holdsSecret)) cache!.keep(hash, prepared);
    }
    const unkept = files.some((it) => !it.isKept) ? packer.pack(prepare(false)) : undefined;
    const batch: Batch = { reads: files.map((it) => it.read), prepared, unkept };
    out.postMessage(batch, [prepared.bytes.buffer]);
    parentPort!.postMessage('one more');
    key = newKey();
    files = [];
    length = 0;
    sent++;
    for (let now = Atomics.load(taken, 0); sent - now > AHEAD; now = Atomics.load(taken, 0)) Atomics.wait(taken, 0, now);
  };

  parentPort!.on('message', (more: readonly NamedFile[] | undefined) => {
    more?.forEach(take);
    if (more !== undefined) return;
    if (files.length > 0) send();
    out.close();
    parentPort!.close();
    cache?.end();
  });
}

/** Whether a batch ends with a file. Names alone decide, so that it does wherever else files come and go. */
function endsBatch(uri: string): boolean {
  let hash = 0;
  for (let i = 0; i < uri.length; i++) hash = (hash * 31 + uri.charCodeAt(i)) | 0;
  return (hash >>> 0) % BATCH_ENDS === 0;
}

/** Whether a file may hold a Secret, of which nothing gets to disk. */
function mayHoldSecret(text: string): boolean {
  return text.includes('Secret') && /\bSecret(?:List)?\b/.test(text);
}

/** The same of what was read, however it is written. */
function holdsSecret(file: PreparedFile | undefined): boolean {
  return file?.documents.some((document) => document?.resources.some(({ identity }) => identity.kind === 'Secret')) === true;
}
