/**
 * npm run conformance: runs the cases beside the repository through dist/cli.js, as their own runner does it, prints its table, and
 * holds it against the floor. Names of suites and `--failures` go to that runner.
 * npm run conformance -- --here SUITE…: runs suites in this process and prints what fails, which is for the people who write rules.
 * npm run conformance -- --raise: runs them in this process, which is faster, and writes the floor anew where more pass.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CORPUS, suites } from './corpus.js';
import { raiseFloor, readFloor, type Floor } from './floor.js';
import { isPassed, verdictOn } from './in-process.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const runner = path.join(CORPUS, 'run.mjs');

if (!existsSync(runner)) {
  console.log('conformance: skipped, there is no ../shared/corpus');
  console.log('0 passed, 0 failed, 1 skipped');
} else if (process.argv.includes('--here')) {
  await failuresHere(process.argv.slice(2).filter((it) => !it.startsWith('--')));
} else if (process.argv.includes('--raise')) {
  const before = readFloor();
  const after = raiseFloor(await passedHere());
  for (const [suite, floor] of Object.entries(after)) console.log(`${suite.padEnd(18)} ${before[suite] ?? 0} -> ${floor}`);
} else {
  process.exitCode = runThroughCommandLine(process.argv.slice(2));
}

async function failuresHere(asked: readonly string[]): Promise<void> {
  for (const [suite, cases] of suites()) {
    if (!asked.includes(suite)) continue;
    let passed = 0;
    for (const it of cases) {
      const verdict = await verdictOn(it);
      if (isPassed(verdict)) passed++;
      else console.log(`${suite}/${path.basename(it.folder)} ${typeof verdict === 'string' ? verdict : JSON.stringify(verdict)}`);
    }
    console.log(`${suite.padEnd(18)} ${passed}/${cases.length}`);
  }
}

async function passedHere(): Promise<Floor> {
  const passed: Record<string, number> = {};
  for (const [suite, cases] of suites()) {
    passed[suite] = 0;
    for (const it of cases) if (isPassed(await verdictOn(it))) passed[suite]++;
    console.log(`${suite.padEnd(18)} ${String(passed[suite]).padStart(4)}/${cases.length}`);
  }
  return passed;
}

function runThroughCommandLine(asked: readonly string[]): number {
  if (!existsSync(path.join(root, 'dist', 'cli.js'))) {
    console.error('conformance: there is no dist/cli.js; npm run build makes it');
    return 2;
  }
  const report = path.join(root, 'out', 'conformance.json');
  mkdirSync(path.dirname(report), { recursive: true });
  const { status } = spawnSync(process.execPath, [runner, '--cli', 'node dist/cli.js', '--json', report, ...asked], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0 && status !== 1) return 2;
  const counts = JSON.parse(readFileSync(report, 'utf8')) as Record<string, { readonly cases: number; readonly passed: number }>;
  const floor = readFloor();
  const ran = Object.entries(counts).filter(([, { cases }]) => cases > 0);
  const fallen = ran.filter(([suite, { passed }]) => passed < (floor[suite] ?? 0));
  console.log('');
  for (const [suite, { passed }] of fallen) console.log(`${suite} passes ${passed} cases, and its floor is ${floor[suite]!}`);
  // Counted in suites: one that keeps its floor has passed.
  console.log(`${ran.length - fallen.length} passed, ${fallen.length} failed`);
  return fallen.length > 0 ? 1 : 0;
}
