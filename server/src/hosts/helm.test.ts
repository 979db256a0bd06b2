import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CHART, fakeHelm } from '../../../test/support/helm.js';
import { main } from './cli/program.js';
import { Helm } from './helm.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meshwright-'));
  await write(CHART);
});
afterEach(() => rm(folder, { recursive: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
}

function chart(values: readonly string[] = []) {
  const uri = pathToFileURL(path.join(folder, 'shop')).href;
  return { scope: uri, chart: uri, values, namespace: undefined, release: undefined };
}

// A program with a first line that names another needs a shell on Windows.
describe.skipIf(process.platform === 'win32')('charts as Helm renders them', () => {
  test('are rendered once for the same content', async () => {
    const { env, calls } = fakeHelm(folder);
    const helm = new Helm({ env });
    const called = (): number => readFileSync(calls, 'utf8').split('\n').length - 1;
    const first = await helm.render(chart());
    expect(first).toHaveProperty('rendering');
    await helm.render(chart());
    expect(called()).toBe(1);
    await write({ 'shop/templates/_helpers.tpl': '{{/* new */}}' });
    await helm.render(chart());
    await helm.render(chart(['backend: cart']));
    expect(called()).toBe(3);
    expect(readFileSync(calls, 'utf8')).toMatch(/^template shop .*shop --namespace meshwright-unknown-namespace\n/);
  });

  test('are given up when it takes too long, fails or is not there, with the reason', async () => {
    const { env } = fakeHelm(folder);
    await write({ 'shop/backend.txt': 'sleep' });
    expect(await new Helm({ env, patience: 300 }).render(chart())).toEqual({ problem: 'Helm took longer than 0.3 s' });
    await write({ 'shop/backend.txt': 'Error: no such value' });
    expect(await new Helm({ env }).render(chart())).toEqual({ problem: 'no such value' });
    expect(await new Helm({ env: { PATH: folder } }).render(chart())).toEqual({ problem: 'Helm is not installed' });
    await write({ 'shop/Chart.yaml': 'name: shop\ntype: library\n' });
    expect(await new Helm({ env }).render(chart())).toBeUndefined();
  });

  test('are what the command line checks where it is told to, never because a file says so', async () => {
    const { env, calls } = fakeHelm(folder);
    const run = async (...words: string[]): Promise<{ code: number; out: string; err: string }> => {
      let [out, err] = ['', ''];
      const io = { stdout: { write: (it: string) => (out += it) }, stderr: { write: (it: string) => (err += it) }, cwd: folder, env };
      const code = await main(['check', '--closed-world', ...words], { ...io, stdin: (async function* () {})() });
      return { code, out, err };
    };
    await write({ '.meshwright.yaml': 'helm: { render: on }\n' });
    const plain = await run();
    expect(plain.err).toContain('"helm.render" starts a program');
    expect(existsSync(calls)).toBe(false);
    expect(plain.code).toBe(0);
    const rendered = await run('--set', 'helm.render=true');
    expect(rendered.out).toContain('shop/templates/route.yaml:9:15');
    expect(rendered.out).toContain('"checkuot');
    expect(rendered.code).toBe(1);
    await write({ 'shop/backend.txt': 'Error: nothing works' });
    const failed = await run('--set', 'helm.render=true');
    expect(failed.err).toContain('meshwright: shop is read as it is written: nothing works\n');
    expect(failed.code).toBe(0);
  });
});
