// All tests: npm test. --full also runs every conformance case through the command line; --update-picture renews the picture of the README.
// npm test -- WORD… runs the tests beside the code whose path holds one of the words, and nothing else.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { at, ensurePackages, root } from './setup.mjs';

const { positionals: words, values } = readArguments();
const counts = at('out/vitest.json');
const vitest = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--config',
  'test/vitest.config.ts',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${counts}`,
];

/** Each is run by Node, also after one that failed, unless it needs that one. */
const steps =
  words.length > 0
    ? [{ name: 'tests beside the code', command: [...vitest, ...words] }]
    : [
        { name: 'build', command: ['scripts/build.mjs'] },
        { name: 'types', command: ['scripts/typecheck.mjs'] },
        { name: 'lint', command: ['scripts/lint.mjs'] },
        { name: 'tests beside the code', command: vitest },
        // The tests above hold the same cases against the same floor, most of them without a process for each.
        ...(values.full ? [{ name: 'conformance', needs: 'build', command: ['scripts/run.mjs', 'test/conformance/main.ts'] }] : []),
        { name: 'package', needs: 'build', command: ['scripts/package.mjs'] },
        { name: 'in the extension host', needs: 'build', command: ['scripts/in-host.mjs'] },
        {
          name: 'in the editor',
          needs: 'package',
          command: ['scripts/run.mjs', 'test/e2e/main.ts', ...(values['update-picture'] ? ['--update-picture'] : [])],
        },
      ];

/** No step of ours takes this long: it hangs. */
const LIMIT = values.full ? 60 : 6;

/** The step that runs now. @type {import('node:child_process').ChildProcess | undefined} */
let current;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    stop();
    process.exit(1);
  });
}

ensurePackages();
mkdirSync(at('out'), { recursive: true });
const start = Date.now();
/** @type {{ name: string, isGood: boolean, time: number, passed: number, failed: number, skipped: number }[]} */
const results = [];
for (const step of steps) results.push(isWanting(step) ? leaveOut(step) : await run(step));

const width = Math.max(...results.map((it) => it.name.length));
console.log('');
for (const { name, isGood, time, passed, failed, skipped } of results) {
  const parts = [`${passed} passed`, ...(failed > 0 ? [`${failed} failed`] : []), ...(skipped > 0 ? [`${skipped} skipped`] : [])];
  console.log(`${isGood ? 'ok    ' : 'FAILED'}  ${name.padEnd(width)}  ${seconds(time).padStart(7)}  ${parts.join(', ')}`);
}
console.log(`${' '.repeat(8)}${''.padEnd(width)}  ${seconds(Date.now() - start).padStart(7)}`);
const sum = (key) => results.reduce((total, it) => total + it[key], 0);
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
process.exit(results.every((it) => it.isGood) ? 0 : 1);

function isWanting({ needs }) {
  return results.some((it) => it.name === needs && !it.isGood);
}

function leaveOut({ name, needs }) {
  console.log(`\n--- ${name}: not run, it needs "${needs}"`);
  return { name, isGood: false, time: 0, passed: 0, failed: 1, skipped: 0 };
}

/** Runs a step with its output shown, and counts what it tested. */
async function run({ name, command }) {
  console.log(`\n--- ${name}`);
  rmSync(counts, { force: true });
  const begin = Date.now();
  const child = spawn(process.execPath, command, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NO_COLOR: process.stdout.isTTY ? process.env.NO_COLOR : '1' },
    // A group of its own, so that a step that hangs ends with all it started.
    detached: process.platform !== 'win32',
  });
  current = child;
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
    process.stdout.write(chunk);
  });
  child.stderr.on('data', (chunk) => process.stderr.write(chunk));
  const limit = setTimeout(() => {
    console.log(`${name}: no end after ${LIMIT} minutes`);
    stop();
  }, LIMIT * 60_000);
  const code = await new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('close', resolve);
  });
  clearTimeout(limit);
  current = undefined;
  const counted = countsOf(output) ?? { passed: code === 0 ? 1 : 0, failed: 0, skipped: 0 };
  const isGood = code === 0 && counted.failed === 0;
  // A step that fails without a test that failed, such as one that does not start, is a failure too.
  return { name, isGood, time: Date.now() - begin, ...counted, failed: isGood ? 0 : Math.max(1, counted.failed) };
}

/** What vitest wrote, or the last line in which a step counts. A step that does neither is one test. */
function countsOf(output) {
  if (existsSync(counts)) {
    const told = JSON.parse(readFileSync(counts, 'utf8'));
    return { passed: told.numPassedTests, failed: told.numFailedTests, skipped: told.numPendingTests + told.numTodoTests };
  }
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm)].at(-1);
  return last && { passed: Number(last[1]), failed: Number(last[2]), skipped: Number(last[3] ?? 0) };
}

function stop() {
  if (current?.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? current.pid : -current.pid, 'SIGTERM');
  } catch {
    // It has ended already.
  }
}

function seconds(time) {
  return `${(time / 1000).toFixed(1)} s`;
}

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { full: { type: 'boolean' }, 'update-picture': { type: 'boolean' } } });
  } catch (error) {
    console.error(`npm test: ${error instanceof Error ? error.message : error}`);
    return process.exit(2);
  }
}
