import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { buildServer } from './lsp/build.js';

// What V8 compiled is kept between starts. Whatever becomes of it, a program does what it does without.

const cli = path.join(import.meta.dirname, '../dist/cli.js');
const isWindows = process.platform === 'win32';
const MANIFEST =
  'apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: cart, namespace: shop }\nspec: { hots: [cart] }\n';

/** Tells on stderr whether compiled code was taken over, and of a trace that leads through the code. */
const TELL = `
const vm = require('node:vm');
const { Script } = vm;
vm.Script = class extends Script {
  constructor(text, options) {
    super(text, options);
    console.error(options.cachedData === undefined ? 'none' : this.cachedDataRejected ? 'rejected' : 'taken over');
  }
};
const { cwd } = process;
process.cwd = () => {
  const at = /at .*[\\\\/]code[\\\\/](cli\\.js:\\d+:\\d+)/.exec(new Error().stack);
  if (at) console.error(at[1]);
  return cwd();
};
if (process.env.MESHWRIGHT_TEST_UPTIME) process.uptime = () => Number(process.env.MESHWRIGHT_TEST_UPTIME);
`;

describe('what was compiled', () => {
  let folder: string;
  let caches: string;

  beforeAll(() => buildServer());
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'meshwright-'));
    caches = path.join(folder, 'caches');
    writeFileSync(path.join(folder, 'tell.cjs'), TELL);
    writeFileSync(path.join(folder, 'cart.yaml'), MANIFEST);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const run = (...args: readonly string[]) => runIn({}, ...args);
  const runIn = (env: Readonly<Record<string, string>>, ...args: readonly string[]) => {
    const options = { XDG_CACHE_HOME: caches, NODE_OPTIONS: `--require ${path.join(folder, 'tell.cjs')}` };
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
      cwd: folder,
      env: { ...process.env, ...options, ...env },
      encoding: 'utf8',
    });
    const [state, ...told] = stderr.replace(/[\d.]+ s\b/g, '').split('\n');
    return { state, told, status, stdout };
  };
  const check = (env: Readonly<Record<string, string>> = {}) => runIn(env, 'check', 'cart.yaml');
  const kept = (): string[] => readdirSync(path.join(caches, 'meshwright/code')).map((it) => path.join(caches, 'meshwright/code', it));

  test('is taken over by the next start, which does the same', () => {
    const first = check();
    expect(first).toMatchObject({ state: 'none', status: 1, stdout: expect.stringContaining('[schema/unknown-field]') as string });
    expect(first.told.join('\n')).toMatch(/cli\.js:\d+:\d+/);
    const [file, ...others] = kept();
    expect(others).toEqual([]);
    if (!isWindows) expect(statSync(file!).mode & 0o777).toBe(0o600);
    expect(check()).toEqual({ ...first, state: 'taken over' });
    expect(run('--version')).toMatchObject({ state: 'taken over', status: 0 });
    expect(run('check', 'none.yaml')).toMatchObject({ state: 'taken over', status: 2 });
  });

  test('is passed over where it is damaged, cut short or empty, and kept anew', () => {
    const first = check();
    const [file] = kept();
    const whole = readFileSync(file!);
    const damaged = Buffer.from(whole);
    damaged[damaged.length >> 1]! ^= 0x10;
    for (const bytes of [damaged, whole.subarray(0, whole.length >> 1), whole.subarray(0, 20), Buffer.alloc(0)]) {
      writeFileSync(file!, bytes);
      expect(check()).toEqual(first);
      expect(check()).toEqual({ ...first, state: 'taken over' });
    }
  });

  test.skipIf(isWindows)('is passed over where others may have written it', () => {
    check();
    chmodSync(kept()[0]!, 0o666);
    expect(check().state).toBe('none');
  });

  test('is not kept where there is no place for it', () => {
    const first = check();
    rmSync(caches, { recursive: true });
    writeFileSync(caches, 'a file');
    expect(check()).toEqual(first);
    expect(check()).toEqual(first);
    if (isWindows) return;
    expect(check({ XDG_CACHE_HOME: '', HOME: '' })).toEqual(first);
    expect(existsSync(path.join(folder, '.cache'))).toBe(false);
  });

  test('is kept once more by a process that compiles more than a brief one did', () => {
    check({ MESHWRIGHT_TEST_UPTIME: '0.2' });
    const before = readFileSync(kept()[0]!);
    check({ MESHWRIGHT_TEST_UPTIME: '0.3' });
    expect(readFileSync(kept()[0]!).equals(before)).toBe(true);
    check({ MESHWRIGHT_TEST_UPTIME: '5' });
    const after = readFileSync(kept()[0]!);
    expect(after.equals(before)).toBe(false);
    check({ MESHWRIGHT_TEST_UPTIME: '6' });
    expect(readFileSync(kept()[0]!).equals(after)).toBe(true);
  });

  test('of builds that nobody runs any more is removed', () => {
    const codes = path.join(caches, 'meshwright/code');
    mkdirSync(codes, { recursive: true });
    for (const name of ['cli-main-old', 'cli-main-other']) writeFileSync(path.join(codes, name), '');
    utimesSync(path.join(codes, 'cli-main-old'), 0, 0);
    check();
    expect(
      kept()
        .map((it) => path.basename(it).replace(/^cli-main-[0-9a-f]{16}-.*/, 'now'))
        .sort(),
    ).toEqual(['cli-main-other', 'now']);
  });
});
