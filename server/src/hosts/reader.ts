import { fileURLToPath } from 'node:url';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { createHost } from '../analysis/analyze.js';
import type { PreparedFile } from '../analysis/prepared.js';
import type { Settings } from '../index/settings.js';
import { isScopeFile } from '../sources/scopes.js';
import { DEFAULT_MAX_SIZE, readTextNow, readTexts, type TextRead } from './files.js';
import { pack, unpack, type Packed } from './packed.js';
import { bundledSchemas } from './schemas.js';

/**
 * A second thread that reads files and finds what they show by themselves, while the first one takes in what is ready and checks what
 * depends on several. It runs the same bundle, whose entry asks `isReader` first.
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
  /** What may be done while nothing is there to take in; returns whether there is more. */
  readonly meanwhile?: () => boolean;
  /** Told where the second thread broke, which is our bug; what it left is read all the same. */
  readonly onFailure?: (error: Error) => void;
}

/** With fewer files, starting a thread and compiling all rules in it takes longer than it saves: at 450, half as long again. */
export const MANY_FILES = 3000;

/** Files handed over at a time, or fewer when they are large: what the first thread does without a pause. */
const BATCH = 48;
const BATCH_LENGTH = 262_144;

/** The same where nothing is prepared: then the first thread has more to do with each. */
const ALONE = 16;

/** Batches that may wait to be taken in. */
const AHEAD = 8;

interface Task {
  readonly files: readonly NamedFile[];
  readonly maxSize: number;
  readonly settings: Settings;
  /** How many batches were taken in, where the first thread counts. */
  readonly taken: Int32Array;
}

/** What was read, and what was prepared of each of them. */
interface Batch {
  readonly reads: readonly TextRead[];
  readonly prepared: Packed;
}

/** Reads many files in the order given, some at a time, prepared where that can be done beforehand; with turns of the event loop in between. */
export async function* readPrepared(
  files: readonly NamedFile[],
  options: ReadOptions,
): AsyncIterable<readonly (readonly [NamedFile, PreparedRead])[]> {
  let done = 0;
  // Sources that run as they are have no bundle for a second thread to load.
  if (files.length >= MANY_FILES && typeof MESHWRIGHT_VERSION === 'string') {
    for await (const reads of readElsewhere(files, options)) {
      const first = done;
      done += reads.length;
      yield reads.map((it, i) => [files[first + i]!, it] as const);
    }
  }
  // All of them, or what a thread that broke has left.
  const left = new Map(files.slice(done).map((it) => [it.path, it]));
  let batch: (readonly [NamedFile, PreparedRead])[] = [];
  for await (const [file, read] of readTexts(left.keys(), options)) {
    batch.push([left.get(file)!, read]);
    if (batch.length < ALONE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function* readElsewhere(
  files: readonly NamedFile[],
  { maxSize, settings, meanwhile, onFailure }: ReadOptions,
): AsyncIterable<readonly PreparedRead[]> {
  const taken = new Int32Array(new SharedArrayBuffer(4));
  const task: Task = { files, maxSize: maxSize ?? DEFAULT_MAX_SIZE, settings, taken };
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: task, stdout: true, stderr: true });
  const arrived: Batch[] = [];
  let isOver = false;
  let wake = (): void => undefined;
  worker.on('message', (batch: Batch) => {
    arrived.push(batch);
    wake();
  });
  const end = (): void => {
    isOver = true;
    wake();
  };
  worker.on('error', (error) => {
    onFailure?.(error);
    end();
  });
  worker.on('exit', end);
  try {
    for (;;) {
      const batch = arrived.shift();
      if (batch === undefined) {
        if (isOver) return;
        if (meanwhile?.() === true) await turn();
        else await new Promise<void>((resolve) => (wake = resolve));
        continue;
      }
      const prepared = unpack(batch.prepared) as readonly (PreparedFile | undefined)[];
      yield batch.reads.map((it, i) => ('text' in it ? { text: it.text, prepared: prepared[i] } : it));
      // What was read is worked on now, and messages are answered.
      await turn();
      Atomics.add(taken, 0, 1);
      Atomics.notify(taken, 0);
    }
  } finally {
    await worker.terminate();
  }
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Whether this is the second thread. */
export const isReader = !isMainThread && isTask(workerData);

function isTask(data: unknown): data is Task {
  return typeof data === 'object' && data !== null && 'taken' in data;
}

/** What the second thread does. */
export function runReader(): void {
  const { files, maxSize, settings, taken } = workerData as Task;
  const host = createHost({ schemas: bundledSchemas() });
  host.setSettings(settings);
  let reads: TextRead[] = [];
  let prepared: (PreparedFile | undefined)[] = [];
  let length = 0;
  let sent = 0;
  const send = (): void => {
    const batch: Batch = { reads, prepared: pack(prepared) };
    parentPort!.postMessage(batch, [batch.prepared.codes.buffer]);
    reads = [];
    prepared = [];
    length = 0;
    sent++;
  };
  for (const { path, uri } of files) {
    const read = readTextNow(path, maxSize);
    // Kustomizations and charts say what is applied together: whoever plans that reads them.
    const isPrepared = 'text' in read && !isScopeFile(uri);
    reads.push(read);
    prepared.push(isPrepared ? host.prepare(uri, read.text) : undefined);
    length += 'text' in read ? read.text.length : 0;
    if (reads.length < BATCH && length < BATCH_LENGTH) continue;
    send();
    for (let now = Atomics.load(taken, 0); sent - now > AHEAD; now = Atomics.load(taken, 0)) Atomics.wait(taken, 0, now);
  }
  if (reads.length > 0) send();
}
