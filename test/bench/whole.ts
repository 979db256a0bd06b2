import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../../server/src/hosts/cache-folder.js';

const ROOT = path.join(import.meta.dirname, '../..');

export interface WholeProcess {
  /** Milliseconds from the start to the end of a process that checks a folder for the first time. */
  readonly check: number;
  /** The same for one that checks it again, and takes over what was kept on disk. */
  readonly again: number;
  /** Those of one that finds, reads and parses the same files and does nothing else. */
  readonly alone: number;
  readonly files: number;
}

/** Medians of some processes of each, by turns. */
export function wholeProcess(folder: string, runs: number): WholeProcess {
  const checks: number[] = [];
  const again: number[] = [];
  const others: number[] = [];
  let files = 0;
  for (let run = 0; run < runs; run++) {
    rmSync(path.join(cacheFolder()!, 'prepared'), { recursive: true, force: true });
    checks.push(checked(folder));
    again.push(checked(folder));
    const told = execFileSync(process.execPath, [path.join(ROOT, 'scripts/run.mjs'), 'test/bench/alone.ts', folder], { encoding: 'utf8' });
    const alone = JSON.parse(told) as { readonly milliseconds: number; readonly files: number };
    others.push(alone.milliseconds);
    files = alone.files;
  }
  return { check: median(checks), again: median(again), alone: median(others), files };
}

function checked(folder: string): number {
  const begin = performance.now();
  const { status } = spawnSync(process.execPath, [path.join(ROOT, 'dist/cli.js'), 'check', folder, '--format', 'json'], {
    maxBuffer: 2 ** 30,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0 && status !== 1) throw new Error(`check of ${folder} ended with ${status}`);
  return performance.now() - begin;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
