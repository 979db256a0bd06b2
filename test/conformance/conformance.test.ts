import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { argumentsOf, suites, type CaseFolder } from './corpus.js';
import { readFloor } from './floor.js';
import { answerTo, isPassed, reportedIn, verdictOn, type Answer } from './in-process.js';
import { judge, type Reported } from './judge.js';

const corpus = suites();
if (corpus.size === 0) console.log('conformance: skipped, there is no ../shared/corpus');

/** The command line as it ships. */
const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
if (!existsSync(cli)) console.log('conformance through the command line: skipped, there is no dist/cli.js (npm run build)');

describe.skipIf(corpus.size === 0)('no suite falls below its floor', () => {
  const floor = readFloor();
  test.each(Object.keys(floor))(
    '%s',
    async (suite) => {
      const failed: string[] = [];
      const cases = corpus.get(suite) ?? [];
      for (const it of cases) if (!isPassed(await verdictOn(it))) failed.push(it.case.id);
      const passed = cases.length - failed.length;
      if (passed > floor[suite]!)
        console.log(`conformance: ${suite} passes ${passed}, its floor is ${floor[suite]!}; "npm run conformance -- --raise" raises it`);
      expect(passed, `${suite} fails ${failed.join(', ')}`).toBeGreaterThanOrEqual(floor[suite]!);
    },
    300_000,
  );

  test('every suite has a floor', () => {
    expect([...corpus.keys()].filter((suite) => !(suite in floor))).toEqual([]);
  });
});

describe.skipIf(corpus.size === 0 || !existsSync(cli))('a process of its own answers as the program does in this one', () => {
  test.each(sample([...corpus.values()].flat(), 40).map((it) => [`${it.suite}: ${it.case.id}`, it] as const))('%s', async (_, it) => {
    const [apart, here] = await Promise.all([run(it), answerTo(it)]);
    expect(apart.code).toBe(here.code);
    expect(reportedIn(apart)).toEqual(reportedIn(here));
  });
});

describe('the judge', () => {
  const host = {
    rule: 'istio/unknown-host',
    peers: ['IST0101:host'],
    severity: 'error',
    category: 'reference',
    message: '',
    resource: { kind: 'VirtualService', namespace: 'a', name: 'x' },
  };
  const says = (
    expected: readonly { code: string; name?: string; namespace?: string; optional?: boolean }[],
    reported: readonly Reported[],
    compare?: 'set',
  ) => {
    const { missing, extra } = judge(
      { id: '', files: [], judged: ['IST0101', 'SCHEMA'], expect: expected, ...(compare && { compare }) },
      reported,
    );
    return `${missing.length} missing, ${extra.length} extra`;
  };

  test('takes a diagnostic for each expectation, by rule or peer', () => {
    expect(says([{ code: 'IST0101' }], [host])).toBe('0 missing, 0 extra');
    expect(says([{ code: 'IST0101' }], [host, host])).toBe('0 missing, 1 extra');
    expect(says([{ code: 'IST0101' }], [host, host], 'set')).toBe('0 missing, 0 extra');
    expect(says([{ code: 'IST0101' }, { code: 'IST0101' }], [host])).toBe('1 missing, 0 extra');
    expect(says([{ code: 'IST0101', name: 'y' }], [host])).toBe('1 missing, 1 extra');
    expect(says([{ code: 'IST0101', namespace: 'b' }], [host])).toBe('1 missing, 1 extra');
    expect(says([{ code: 'IST0101', optional: true }], [])).toBe('0 missing, 0 extra');
    expect(says([], [{ ...host, peers: [] }])).toBe('0 missing, 0 extra');
  });

  test('takes whatever the API server refuses for SCHEMA', () => {
    const refused = { ...host, peers: [], category: 'schema' };
    expect(says([{ code: 'SCHEMA' }], [refused, refused])).toBe('0 missing, 0 extra');
    expect(says([{ code: 'SCHEMA' }], [{ ...refused, severity: 'warning' }])).toBe('1 missing, 0 extra');
    expect(says([], [refused])).toBe('0 missing, 1 extra');
  });
});

function run(it: CaseFolder): Promise<Answer> {
  return new Promise((done) => {
    execFile(process.execPath, [cli, ...argumentsOf(it.case)], { cwd: it.folder, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr });
    });
  });
}

/** Some of a list, the same ones on every run. */
function sample<T>(list: readonly T[], count: number): readonly T[] {
  let seed = 20_261_124;
  const rest = [...list];
  const chosen: T[] = [];
  while (chosen.length < count && rest.length > 0) {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    chosen.push(...rest.splice(seed % rest.length, 1));
  }
  return chosen;
}
