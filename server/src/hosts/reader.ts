import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker, isMainThread, parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { createHost } from '../analysis/analyze.js';
import type { PreparedFile } from '../analysis/prepared.js';
import type { Settings } from '../index/settings.js';
import { isReadFirst } from '../sources/scopes.js';
import { DEFAULT_MAX_SIZE, readTextNow, readTexts, type TextRead } from './files.js';
import { Packer, Unpacker, type Packed } from './packed.js';
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
  /** Told where the second thread broke, which is our bug; what it left is read all the same. */
  readonly onFailure?: (error: Error) => void;
}

/** With fewer files, starting a thread and compiling all rules in it takes longer than it saves: at 450, half as long again. */
export const MANY_FILES = 3000;

/** With so many, more are likely to come: the second thread loads while they are looked for. */
const LIKELY_MANY = 2000;

/** Files told to the second thread at a time. */
const TOLD = 512;

/** Files handed over at a time, or fewer when they are large: what the first thread does without a pause. */
const BATCH = 48;
const BATCH_LENGTH = 262_144;

/** The same where nothing is prepared: then the first thread has more to do with each. */
const ALONE = 16;

/** Batches that may wait to be taken in. */
const AHEAD = 32;

/** What the second thread begins with; names of files follow, and `undefined` after the last one. */
interface Task {
  readonly maxSize: number;
  readonly settings: Settings;
  /** How many batches were taken in, where the first thread counts. */
  readonly taken: Int32Array;
  /** Where batches go. The first thread is told that there is one, and fetches it when it has time: until then it costs it no memory. */
  readonly out: MessagePort;
}

/** What was read, and what was prepared of each of them. */
interface Batch {
  readonly reads: readonly TextRead[];
  readonly prepared: Packed;
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
      for await (const reads of this.#second?.read(meanwhile) ?? []) {
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
  #wake = (): void => undefined;

  constructor({ maxSize, settings, onFailure }: ReadOptions) {
    const { port1: out, port2 } = new MessageChannel();
    this.#in = port2;
    const task: Task = { maxSize: maxSize ?? DEFAULT_MAX_SIZE, settings, taken: this.#taken, out };
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

  async *read(meanwhile: (() => boolean) | undefined): AsyncIterable<readonly PreparedRead[]> {
    this.#worker.ref();
    const unpacker = new Unpacker();
    for (;;) {
      const batch = receiveMessageOnPort(this.#in)?.message as Batch | undefined;
      if (batch === undefined) {
        if (this.#isOver) return;
        if (meanwhile?.() === true) await turn();
        else await new Promise<void>((resolve) => (this.#wake = resolve));
        continue;
      }
      const prepared = unpacker.unpack(batch.prepared);
      yield batch.reads.map((it, i) => ('text' in it ? { text: it.text, prepared: prepared[i] } : it));
      // What was read is worked on now, and messages are answered.
      await turn();
      Atomics.add(this.#taken, 0, 1);
      Atomics.notify(this.#taken, 0);
    }
  }

  end(): void {
    void this.#worker.terminate();
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
  const { maxSize, settings, taken, out } = workerData as Task;
  const host = createHost({ schemas: bundledSchemas() });
  host.setSettings(settings);
  const packer = new Packer();
  let reads: TextRead[] = [];
  let prepared: (PreparedFile | undefined)[] = [];
  let length = 0;
  let sent = 0;
  const send = (): void => {
    const batch: Batch = { reads, prepared: packer.pack(prepared) };
    out.postMessage(batch, [batch.prepared.bytes.buffer]);
    parentPort!.postMessage('one more');
    reads = [];
    prepared = [];
    length = 0;
    sent++;
  };
  const take = ({ path, uri }: NamedFile): void => {
    const read = readTextNow(path, maxSize);
    reads.push(read);
    prepared.push('text' in read ? host.prepare(uri, read.text) : undefined);
    length += 'text' in read ? read.text.length : 0;
    if (reads.length < BATCH && length < BATCH_LENGTH) return;
    send();
    for (let now = Atomics.load(taken, 0); sent - now > AHEAD; now = Atomics.load(taken, 0)) Atomics.wait(taken, 0, now);
  };
  parentPort!.on('message', (files: readonly NamedFile[] | undefined) => {
    files?.forEach(take);
    if (files !== undefined) return;
    if (reads.length > 0) send();
    out.close();
    parentPort!.close();
  });
}
