import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from './program.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meshwright-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function run(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await main(argv, {
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    stdin: (async function* () {})(),
    cwd: folder,
    env: {},
  });
  return { code, out, err };
}

function git(...words: string[]): void {
  const names = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', ['-C', folder, ...names, ...words], { stdio: 'ignore' });
}

const strict = `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
`;
const policy = (principal: string): string => `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec: { rules: [{ from: [{ source: { principals: ["${principal}"] } }] }] }
`;

test('--since tells of dangerous steps, and --rollback writes what takes them back', async () => {
  await writeFile(path.join(folder, 'mtls.yaml'), strict);
  await writeFile(path.join(folder, 'policy.yaml'), policy('cluster.local/ns/shop/sa/web'));
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  await unlink(path.join(folder, 'mtls.yaml'));
  await writeFile(path.join(folder, 'policy.yaml'), policy('*'));

  const { code, out, err } = await run('check', '--since', 'HEAD', '--rollback', 'back', '--format', 'json');
  const found = (JSON.parse(out) as { diagnostics: { rule: string; file: string; category: string }[] }).diagnostics.filter(
    (it) => it.category === 'pitfall' && ['istio/strict-removed', 'istio/broader-source'].includes(it.rule),
  );
  expect(found.map((it) => [it.rule, path.basename(it.file)])).toEqual([
    ['istio/strict-removed', 'mtls.yaml'],
    ['istio/broader-source', 'policy.yaml'],
  ]);
  expect(code).toBe(1);
  expect(err).toContain('Wrote back/restore.yaml.');
  const restored = await readFile(path.join(folder, 'back/restore.yaml'), 'utf8');
  expect(restored).toContain(strict.trimEnd());
  expect(restored).toContain('ns/shop/sa/web');
});

test('without a change there is nothing to tell', async () => {
  await writeFile(path.join(folder, 'mtls.yaml'), strict);
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  expect((await run('check', '--since', 'HEAD', '--rollback', 'back')).err).toContain('Nothing to take back.');
});

test('a template that Helm passed over is not gone where it is passed over still', async () => {
  await mkdir(path.join(folder, 'templates'));
  await writeFile(path.join(folder, 'Chart.yaml'), 'name: shop');
  await writeFile(path.join(folder, '.helmignore'), 'old/\n*.old.yaml\n');
  await writeFile(path.join(folder, 'templates/mtls.old.yaml'), strict);
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  expect((await run('check', '--since', 'HEAD', '--rollback', 'back')).err).toContain('Nothing to take back.');
  await writeFile(path.join(folder, '.helmignore'), '');
  git('commit', '-qam', 'second');
  await writeFile(path.join(folder, '.helmignore'), '*.old.yaml\n');
  expect((await run('check', '--since', 'HEAD', '--format', 'json')).out).toContain('istio/strict-removed');
});

test('of a chart, values of both revisions count, and those that change nothing are no step', async () => {
  const chart = (it: string): string => path.join(folder, it);
  const gated = (port: string): string => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - route:
    - destination: { host: cart, subset: "{{ .Values.stable }}" }
      weight: {{ .Values.weight }}
    - destination: { host: cart, subset: v2, port: { number: ${port} } }
      weight: {{ .Values.rest }}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: {{ .Values.mode }} } }
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: cart, namespace: shop }
spec: { host: cart, subsets: [{ name: v1, labels: { version: v1 } }, { name: v2, labels: { version: v2 } }] }
`;
  const values = (weight: number, mode: string, more: string): string =>
    `stable: v1\nmode: ${mode}\nweight: ${weight}\nrest: ${100 - weight}\n${more}`;
  await mkdir(chart('templates'));
  await writeFile(chart('Chart.yaml'), 'name: shop');
  await writeFile(chart('templates/all.yaml'), gated('{{ .Values.port }}'));
  await writeFile(chart('values.yaml'), values(90, 'STRICT', 'port: 80\nreplicas: 1\n'));
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'first');
  const steps = async (): Promise<readonly string[]> => {
    const { out } = await run('check', '--since', 'HEAD', '--format', 'json');
    return (JSON.parse(out) as { diagnostics: { rule: string; message: string }[] }).diagnostics.map((it) => `${it.rule} ${it.message}`);
  };
  const { out } = await run('check', '--format', 'json');
  const before = (JSON.parse(out) as { diagnostics: { rule: string; message: string }[] }).diagnostics.map(
    (it) => `${it.rule} ${it.message}`,
  );

  // Other values, the same manifests.
  await writeFile(chart('values.yaml'), values(90, 'STRICT', 'port: 80\nreplicas: 7\nimage: { tag: v8 }\n'));
  expect(await steps()).toEqual(before);
  // What was written out comes from values now, and is the same.
  await writeFile(chart('templates/all.yaml'), gated('80'));
  expect(await steps()).toEqual(before);
  // Values that nobody tells any more make nothing known, and nothing gone.
  await writeFile(chart('values.yaml'), '{}\n');
  expect((await steps()).filter((it) => !before.includes(it))).toEqual([]);
  // The step that values take is one all the same.
  await writeFile(chart('values.yaml'), values(10, 'STRICT', 'port: 80\n'));
  expect(await steps()).toContainEqual(expect.stringContaining('istio/weight-jump'));
});

test('an unknown revision, or no repository, is told in one sentence', async () => {
  await writeFile(path.join(folder, 'mtls.yaml'), strict);
  expect(await run('check', '--since', 'HEAD')).toMatchObject({
    code: 2,
    err: expect.stringContaining('--since needs a git repository') as string,
  });
  git('init', '-q');
  expect(await run('check', '--since', '--help-me')).toMatchObject({
    code: 2,
    err: expect.stringContaining('found no revision "--help-me"') as string,
  });
  expect((await run('check', '--rollback', 'back')).err).toContain('--rollback needs --since');
});
