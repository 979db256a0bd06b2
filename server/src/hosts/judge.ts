import { isMainThread, parentPort, Worker, workerData, type MessagePort } from 'node:worker_threads';
import { createHost } from '../analysis/analyze.js';
import type { Judge, JudgedFile, SentFindings } from '../analysis/judge.js';
import type { Settings } from '../index/settings.js';
import { bundledSchemas } from './schemas.js';

/** What says that a thread is one of ours. */
const ROLE = 'meshwright-judge';

/** Workspaces with less text than this are done before another thread is up. */
const START = 1_000_000;

/** Text that may wait in the other thread; what comes while it has that much is judged here. */
const WAITING = 6_000_000;

/** Milliseconds without work after which the thread, and the memory it took, are given back. */
const IDLE = 1_000;

interface Task {
  readonly settings: Settings;
  readonly files: readonly JudgedFile[];
}

interface Answer {
  readonly findings: readonly (readonly SentFindings[])[];
}

/** Whether this thread was started by `threadJudge`; then `serveJudge` is all it does. */
export function isJudge(): boolean {
  return !isMainThread && workerData === ROLE;
}

/** A judge in another thread, which runs the same bundle; undefined where the sources run as they are. */
export function threadJudge(bundle: string): Judge | undefined {
  if (!bundle.endsWith('.js')) return undefined;
  let seen = 0;
  let waiting = 0;
  let worker: Worker | undefined;
  let isBroken = false;
  let idle: NodeJS.Timeout | undefined;
  const asked: { readonly size: number; readonly done: (findings: Answer['findings']) => void }[] = [];
  const start = (): Worker => {
    // Much of what it makes dies at once: a larger nursery is collected less often.
    const made = new Worker(bundle, { workerData: ROLE, resourceLimits: { maxYoungGenerationSizeMb: 32, maxOldGenerationSizeMb: 512 } });
    made.unref();
    made.on('message', ({ findings }: Answer) => {
      const task = asked.shift();
      if (task === undefined) return;
      waiting -= task.size;
      task.done(findings);
      if (asked.length > 0) return;
      idle = setTimeout(stop, IDLE);
      idle.unref();
    });
    // What it has not told is found here when somebody asks.
    made.on('error', () => {
      isBroken = true;
      stop();
    });
    return made;
  };
  const stop = (): void => {
    const ended = worker;
    worker = undefined;
    asked.length = 0;
    waiting = 0;
    void ended?.terminate();
  };
  return {
    take(files, settings, done) {
      const size = files.reduce((sum, { text }) => sum + text.length, 0);
      seen += size;
      if (isBroken || seen < START || waiting + size > WAITING) return false;
      clearTimeout(idle);
      worker ??= start();
      waiting += size;
      asked.push({ size, done });
      worker.postMessage({ settings, files } satisfies Task);
      return true;
    },
  };
}

/** Answers what `threadJudge` asks, until the thread is ended. */
export function serveJudge(port: MessagePort = parentPort!): void {
  let hasFailed = false;
  const host = createHost({ schemas: bundledSchemas(), judgesOnly: true, onFailure: () => (hasFailed = true) });
  const judge = ({ uri, text }: JudgedFile): readonly SentFindings[] => {
    hasFailed = false;
    const findings = host.judgeAlone(uri, text);
    // Judged again by who asked, it is told there what failed.
    return hasFailed ? [] : findings;
  };
  port.on('message', ({ settings, files }: Task) => {
    host.setSettings(settings);
    port.postMessage({ findings: files.map(judge) } satisfies Answer);
  });
}
