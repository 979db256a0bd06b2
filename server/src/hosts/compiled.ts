import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';
import { isMainThread, threadId } from 'node:worker_threads';
import { cacheFolder, makeFolder, readOwn } from './cache-folder.js';

/**
 * Runs code that V8 keeps compiled between starts. A good part of a start is compiling, of what is run while the bundle loads and of each rule
 * when it first runs; what was compiled once is taken over by the next process of the same build. Whatever is wrong with what was kept,
 * the code is compiled as ever.
 */

/** The text of a program that is not running yet. */
export interface Code {
  /** Where it is: what traces of errors name. */
  readonly file: string;
  /** Whose place it takes: what it is to know as its own file. */
  readonly entry: string;
  /** Another one for every other text; undefined: nothing is kept. */
  readonly build: string | undefined;
  /** Milliseconds after which what was compiled is kept, where the process may live for long and be ended from outside; else that is done at its end. */
  readonly keepAfter?: number;
}

/** As Node wraps a module. */
const BEGIN = '(function (exports, require, module, __filename, __dirname) { ';
const END = '\n})';

export function runCode(code: Code): void {
  const { file, entry } = code;
  // Bundles are ASCII, of which V8 keeps a byte for each character.
  const text = BEGIN + readFileSync(file, 'latin1') + END;
  const place = placeOf(code);
  const kept = place === undefined ? undefined : readKept(place);
  const script = new Script(text, {
    filename: file,
    columnOffset: -BEGIN.length,
    ...(kept && { cachedData: kept.compiled }),
  });
  if (place !== undefined) keepLater(script, place, script.cachedDataRejected === true ? undefined : kept, code.keepAfter);
  const run = script.runInThisContext() as (...of: readonly unknown[]) => void;
  const module = { exports: {} };
  run(module.exports, createRequire(entry), module, entry, path.dirname(entry));
}

interface Kept {
  readonly compiled: Buffer;
  /** By a process that ended soon, and so compiled little. */
  readonly isBrief: boolean;
}

/** Seconds after which a process has compiled most of what it ever will. */
const BRIEF = 1;

/** In front of what was compiled: a digest of all that follows, since V8 trusts what it reads; whether it was brief; and room up to where V8 may read in place. */
const DIGEST = 32;
const HEADER = 40;

/** Where it is kept what was compiled of a build by this very V8, under these flags; undefined where nothing may be kept. */
function placeOf({ file, build }: Code): string | undefined {
  const folder = cacheFolder();
  if (folder === undefined || build === undefined) return undefined;
  const { version, versions, arch, execArgv, env } = process;
  const under = digestOf(Buffer.from(JSON.stringify([version, versions.v8, arch, execArgv, env['NODE_OPTIONS']])));
  // Each thread compiles what it runs.
  const thread = isMainThread ? 'main' : 'second';
  return path.join(folder, 'code', `${path.basename(file, '.js')}-${thread}-${build}-${under.toString('hex', 0, 8)}`);
}

function readKept(place: string): Kept | undefined {
  try {
    const bytes = readOwn(place);
    if (bytes === undefined) return undefined;
    if (bytes.length <= HEADER || !digestOf(bytes.subarray(DIGEST)).equals(bytes.subarray(0, DIGEST))) return undefined;
    return { compiled: bytes.subarray(HEADER), isBrief: bytes[DIGEST] === 1 };
  } catch {
    // There is none, as at the first start, or none that may be read.
    return undefined;
  }
}

/** Keeps what was compiled once this process has run most of what it will run, where there is nothing yet, or by far less. */
function keepLater(script: Script, place: string, kept: Kept | undefined, after: number | undefined): void {
  if (kept?.isBrief === false) return;
  let isDone = false;
  const keep = (): void => {
    const isBrief = process.uptime() < BRIEF;
    if (isDone || (kept !== undefined && isBrief)) return;
    isDone = true;
    try {
      writeKept(place, { compiled: script.createCachedData(), isBrief });
      removeOld(path.dirname(place));
    } catch {
      // A folder that cannot be written to, or a full disk: the next start compiles again.
    }
  };
  process.once('exit', keep);
  if (after !== undefined) setTimeout(keep, after).unref();
}

function writeKept(place: string, { compiled, isBrief }: Kept): void {
  const bytes = Buffer.concat([Buffer.alloc(HEADER), compiled]);
  bytes[DIGEST] = isBrief ? 1 : 0;
  digestOf(bytes.subarray(DIGEST)).copy(bytes);
  makeFolder(path.dirname(place));
  // Others that start meanwhile see the whole of it or nothing.
  const unfinished = `${place}.${process.pid}.${threadId}`;
  try {
    writeFileSync(unfinished, bytes, { mode: 0o600, flag: 'wx' });
    renameSync(unfinished, place);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/** Days after which what was compiled is taken for that of a build that nobody runs any more; else it is made again, once. */
const OLD = 30;

function removeOld(folder: string): void {
  const before = Date.now() - OLD * 24 * 60 * 60 * 1000;
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    if (statSync(file).mtimeMs < before) rmSync(file, { force: true });
  }
}

function digestOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
