import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';

interface Result {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly time?: number;
  readonly error?: string;
}

/** What an extension host calls to run the suite. Results go to the file that MESHWRIGHT_TEST_RESULTS names: a host tells no more than an exit code. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000 });
  // Suites are in this bundle; mocha would otherwise set its words up for each file that it loads.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./editing.test.js');
  await import('./files.test.js');
  await import('./findings.test.js');
  await import('./delivery.test.js');
  await import('./samples.test.js');
  await import('./server.test.js');

  const word = process.env['MESHWRIGHT_TEST_WORD'];
  if (word !== undefined) mocha.fgrep(word);

  const results: Result[] = [];
  const file = process.env['MESHWRIGHT_TEST_RESULTS'];
  const keep = (result: Result): void => {
    results.push(result);
    // Each time, so that a suite that hangs tells how far it came.
    if (file !== undefined) writeFileSync(file, JSON.stringify(results));
  };
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => keep({ title: test.fullTitle(), state: 'passed', time: test.duration ?? 0 }));
    runner.on('pending', (test) => keep({ title: test.fullTitle(), state: 'skipped' }));
    // Also a hook that fails.
    runner.on('fail', (test, error: Error) => keep({ title: test.fullTitle(), state: 'failed', error: error.stack ?? String(error) }));
  });
  if (failures > 0) throw new Error(`${failures} failed`);
}
