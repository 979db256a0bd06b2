import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from './program.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meshwright-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = (name: string, text: string): Promise<void> => writeFile(path.join(folder, name), text);
const read = (name: string): Promise<string> => readFile(path.join(folder, name), 'utf8');

async function run(line: string): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await main(line.split(' '), {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    stdin: (async function* () {})(),
    cwd: folder,
    env: {},
  });
  return { code, out, err };
}

const route = (host: string): string => `  - route:\n    - destination:\n        host: ${host}\n`;
const service = (...hosts: string[]): string =>
  `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: cart\n  namespace: shop\nspec:\n  hosts: [cart.example.net]\n  http:\n${hosts.map(route).join('')}`;
const CLOSED = '--closed-world';

test('what is written as known is neither reported nor counted, also when its lines and its place in a list move', async () => {
  await write('cart.yaml', service('carts'));
  expect((await run(`check ${CLOSED}`)).code).toBe(1);
  const written = await run(`check ${CLOSED} --write-baseline`);
  expect(written).toEqual({
    code: 0,
    out: '',
    err: expect.stringMatching(
      /^Wrote \d+ findings? to \.meshwright-baseline\.json\.\nThey are known once \.meshwright\.yaml says so: baseline: \.meshwright-baseline\.json\n$/,
    ) as string,
  });
  const known = await run(`check ${CLOSED} --baseline .meshwright-baseline.json`);
  expect(known).toMatchObject({ code: 0, out: '' });
  expect(known.err).toContain('Known from the baseline: 1 finding.');

  await write('cart.yaml', `# a comment\n${service('new-one', 'carts')}`);
  const { code, out } = await run(`check ${CLOSED} --baseline .meshwright-baseline.json`);
  expect(code).toBe(1);
  expect(out).toContain('"new-one');
  expect(out).not.toContain('"carts');
});

test('a finding that occurs once more than it is known is reported', async () => {
  await write('cart.yaml', service('carts'));
  await run(`check ${CLOSED} --write-baseline`);
  await write('cart.yaml', service('carts', 'carts'));
  const { out } = await run(`check ${CLOSED} --format json --baseline .meshwright-baseline.json`);
  const { diagnostics, summary } = JSON.parse(out) as { diagnostics: { rule: string }[]; summary: { known: number } };
  expect(diagnostics.filter((it) => it.rule === 'istio/unknown-host')).toHaveLength(1);
  expect(summary.known).toBe(1);
});

test('a baseline in another folder holds no path of this machine', async () => {
  await mkdir(path.join(folder, 'known'));
  await write('cart.yaml', service('carts'));
  await run(`check ${CLOSED} --write-baseline --baseline known/a.json`);
  expect(await read('known/a.json')).toContain('"file":"../cart.yaml"');
  expect((await run(`check ${CLOSED} --baseline known/a.json`)).code).toBe(0);
});

test('settings name the baseline, whose paths count from its own folder', async () => {
  await write('cart.yaml', service('carts'));
  await write('.meshwright.yaml', 'world: closed\nbaseline: known.json\n');
  expect((await run('check --write-baseline')).err).toBe('Wrote 1 finding to known.json.\n');
  expect(await read('known.json')).toMatch(
    /^\{"version":1,"findings":\[\n\{"rule":"istio\/unknown-host","file":"cart\.yaml","resource":"VirtualService shop\/cart","path":"spec\.http\[\*\]/,
  );
  expect((await run('check')).code).toBe(0);
  expect((await run('check cart.yaml --set world=closed')).code).toBe(0);
});

test('what is mended is told, so that it can be taken out; other files are not missed', async () => {
  await write('cart.yaml', service('carts'));
  await write('other.yaml', service('carts').replaceAll('cart.example.net', 'other.example.net').replace('name: cart', 'name: other'));
  await run(`check ${CLOSED} --write-baseline`);
  await rm(path.join(folder, 'other.yaml'));
  await write('cart.yaml', service('cart.example.net'));
  const { err } = await run(`check ${CLOSED} --baseline .meshwright-baseline.json`);
  expect(err).toContain('No longer found: 1 of the baseline; --write-baseline takes it out.');
});

test('a baseline that cannot be used is told, and gives 2', async () => {
  await write('cart.yaml', service('carts'));
  await write('known.json', '{"findings":');
  await write('knwon.json', '{"version":2}');
  expect((await run('check --baseline known.json')).err).toBe('meshwright: known.json is no JSON; --write-baseline writes it anew\n');
  expect((await run('check --baseline knwon.json')).err).toBe(
    'meshwright: knwon.json is no baseline of this version; --write-baseline writes it anew\n',
  );
  expect(await run('check --baseline none.yaml')).toMatchObject({ code: 2, out: '' });
  await write('.meshwright.yaml', 'baseline: gone.json\nworld: closed\n');
  const gone = await run('check');
  expect(gone.err).toContain('meshwright: gone.json cannot be read (');
  expect(gone.out).toContain('istio/unknown-host');
  expect(gone.code).toBe(2);
});
