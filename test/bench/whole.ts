import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.join(import.meta.dirname, '../..');

export interface WholeProcess {
  /** Milliseconds from the start to the end of a process that checks a folder. */
  readonly check: number;
  /** Those of one that finds, reads and parses the same files and does nothing else. */
  readonly alone: number;
  readonly files: number;
}

/** Medians of some processes of each, by turns. */
export function wholeProcess(folder: string, runs: number): WholeProcess {
  const checks: number[] = [];
  const others: number[] = [];
  let files = 0;
  for (let run = 0; run < runs; run++) {
    const begin = performance.now();
    const check = spawnSync(process.execPath, [path.join(ROOT, 'dist/cli.js'), 'check', folder, '--format', 'json'], {
      maxBuffer: 2 ** 30,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    checks.push(performance.now() - begin);
    if (check.status !== 0 && check.status !== 1) throw new Error(`check of ${folder} ended with ${check.status}`);
    const told = execFileSync(process.execPath, [path.join(ROOT, 'scripts/run.mjs'), 'test/bench/alone.ts', folder], { encoding: 'utf8' });
    const alone = JSON.parse(told) as { readonly milliseconds: number; readonly files: number };
    others.push(alone.milliseconds);
    files = alone.files;
  }
  return { check: median(checks), alone: median(others), files };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
