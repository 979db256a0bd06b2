import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from './program.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'meshwright-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(files: Record<string, string>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
}

async function run(line: string, stdin = ''): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const code = await main(
    line.split(' ').filter((it) => it !== ''),
    {
      stdout: { write: (text) => (out += text) },
      stderr: { write: (text) => (err += text) },
      stdin: (async function* () {
        yield Buffer.from(stdin);
      })(),
      cwd: folder,
      env: {},
    },
  );
  return { code, out, err };
}

const broken = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: cart\n  name: cart\n  namespace: shop\n';
const clean = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: cart\n  namespace: shop\nspec:\n  ports:\n  - name: http\n    port: 80\n';

interface JsonOutput {
  readonly diagnostics: readonly { rule: string; severity: string; file: string; range: unknown; resource: unknown }[];
  readonly summary: Record<string, unknown>;
}

describe('check', () => {
  test('clean files give 0, and everything but findings goes to stderr', async () => {
    await write({ 'shop/cart.yaml': clean, 'values.yaml': 'replicas: 3\n' });
    const { code, out, err } = await run('check');
    expect(err).toMatch(/^No problems in 1 resource \(1 file, open world, \d\.\d s\)\.\nPassed over: 1 file without mesh resources\.\n$/);
    expect({ code, out }).toEqual({ code: 0, out: '' });
  });

  test('findings give 1, from --fail-on or failOn on', async () => {
    await write({ 'cart.yaml': broken });
    const { code, out } = await run('check cart.yaml');
    expect(out).toContain('error[yaml/duplicate-key]');
    expect(out).toContain('  --> cart.yaml:5:3  Service shop/cart\n');
    expect(code).toBe(1);
    expect((await run('check --fail-on never')).code).toBe(0);
    await write({ '.meshwright.yaml': 'failOn: never\n' });
    expect((await run('check')).code).toBe(0);
    expect((await run('check --fail-on error')).code).toBe(1);
  });

  test('JSON holds every finding with absolute files and positions as in LSP', async () => {
    await write({ 'cart.yaml': broken });
    const { code, out, err } = await run('check --format json --closed-world');
    const { diagnostics, summary } = JSON.parse(out) as JsonOutput;
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toEqual({
      rule: 'yaml/duplicate-key',
      peers: [],
      severity: 'error',
      category: 'syntax',
      message: expect.any(String) as string,
      file: path.join(folder, 'cart.yaml'),
      range: { start: { line: 4, character: 2 }, end: { line: 4, character: 6 } },
      path: expect.any(String) as string,
      resource: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'cart' },
      scopes: [],
      fixes: [],
      related: expect.any(Array) as unknown[],
    });
    expect(summary).toMatchObject({ errors: 1, warnings: 0, resources: 1, files: 1, passedOver: 0, world: 'closed', unread: [] });
    expect({ code, err }).toEqual({ code: 1, err: '' });
  });

  test('standard input is a file named <stdin>', async () => {
    const { code, out } = await run('check - --format json', broken);
    expect((JSON.parse(out) as JsonOutput).diagnostics[0]?.file).toBe('<stdin>');
    expect(code).toBe(1);
  });

  test('nothing to check is no error', async () => {
    await write({ 'k8s/values.yaml': 'a: 1\n', 'k8s/job.yaml': 'apiVersion: example.org/v1\nkind: Thing\n' });
    expect(await run('check k8s')).toEqual({ code: 0, out: '', err: 'No mesh resources in "k8s" (2 YAML files read).\n' });
    expect((await run('check k8s -v')).err).toContain('  k8s/job.yaml: no kind that Meshwright reads\n  k8s/values.yaml: no manifest\n');
  });

  test('a path that is not there stops the run', async () => {
    await write({ 'k8s/prod/a.yaml': clean });
    expect(await run('check k8s/prdo')).toEqual({
      code: 2,
      out: '',
      err: 'meshwright: no file or folder "k8s/prdo" (there is "k8s/prod")\n',
    });
    expect((await run('check --mesh-config no.yaml k8s')).code).toBe(2);
  });

  test('a named file that is no text gives 2 after the rest was checked; one met on the way is only told', async () => {
    await write({ 'a.yaml': broken, 'b.yaml': Buffer.from('\ufeffkind: A', 'utf16le').toString('latin1') });
    await writeFile(path.join(folder, 'b.yaml'), Buffer.from('\ufeffkind: A', 'utf16le'));
    const named = await run('check a.yaml b.yaml');
    expect(named.code).toBe(2);
    expect(named.out).toContain('yaml/duplicate-key');
    const met = await run('check');
    expect(met.code).toBe(1);
    expect(met.err).toContain('meshwright: b.yaml: is written in UTF-16; save it as UTF-8\n');
  });

  test('settings come from .meshwright.yaml above, and --set goes before them', async () => {
    await write({
      '.meshwright.yaml': 'world: closed\nrules: {yaml/duplicate-key: info}\nfiles: {exclude: ["k8s/old/**"]}\n',
      'k8s/cart.yaml': broken,
      'k8s/old/cart.yaml': broken,
    });
    const fromFile = JSON.parse((await run('check k8s --format json')).out) as JsonOutput;
    expect(fromFile.summary).toMatchObject({ infos: 1, errors: 0, files: 1, world: 'closed' });
    const set = JSON.parse((await run('check k8s --format json --set world=open --set rules.yaml/duplicate-key=off')).out) as JsonOutput;
    expect(set.summary).toMatchObject({ infos: 0, errors: 0, world: 'open' });
  });

  test('settings that have no effect are told; a file that cannot be read as settings stops the run', async () => {
    await write({ '.meshwright.yaml': 'wrold: closed\n', 'cart.yaml': clean });
    const odd = await run('check');
    expect(odd.err).toContain('meshwright: .meshwright.yaml:1: "wrold" is no setting ("world" exists). This line has no effect.\n');
    expect(odd.code).toBe(0);
    await write({ '.meshwright.yaml': 'world: "closed\n' });
    expect((await run('check')).code).toBe(2);
    expect(await run('check --set wrold=closed --config cart.yaml')).toEqual({
      code: 2,
      out: '',
      err: 'meshwright: --set wrold=closed: "wrold" is no setting ("world" exists)\n',
    });
  });

  test('files of clusters are checked once, and belong to the named cluster', async () => {
    await write({ 'east.yaml': broken, 'west.yaml': broken });
    const { out } = await run('check --format json --cluster east=east.yaml --cluster west=west.yaml east.yaml');
    expect((JSON.parse(out) as JsonOutput).summary).toMatchObject({ files: 2, errors: 2 });
  });

  test('a template is no syntax error', async () => {
    await write({
      'templates/cart.yaml':
        'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n  {{- with .Values.labels }}\n  labels: {{ toYaml . | nindent 4 }}\n  {{- end }}\n',
    });
    const { code, err } = await run('check');
    expect(code).toBe(0);
    expect(err).toContain('Partly read: 1 Helm template.');
  });
});

describe('fixing', () => {
  const policy =
    'apiVersion: security.istio.io/v1\r\nkind: AuthorizationPolicy\r\nmetadata:\r\n  name: cart\r\n  namespace: shop\r\nspec:\r\n  rules:\r\n  - from:\r\n    - source:\r\n        principals:\r\n        - spiffe://cluster.local/ns/shop/sa/storefront\r\n        - spiffe://cluster.local/ns/shop/sa/checkout\r\n';

  test('a dry run shows a diff and changes nothing', async () => {
    await write({ 'shop/cart.yaml': policy });
    const { code, out, err } = await run('check --fix-dry-run');
    expect(out).toContain('--- a/shop/cart.yaml\n+++ b/shop/cart.yaml\n@@ -8,5 +8,5 @@\n');
    expect(out).toContain('\n-        - spiffe://cluster.local/ns/shop/sa/checkout\r\n');
    expect(out).toContain('\n+        - cluster.local/ns/shop/sa/checkout\r\n');
    expect(err).toMatch(/^2 fixes in 1 file\./);
    expect(code).toBe(1);
    expect(await readFile(path.join(folder, 'shop/cart.yaml'), 'utf8')).toBe(policy);
  });

  test('writes every sure fix, keeps what it does not mean to change, and has nothing to do the second time', async () => {
    await write({ 'cart.yaml': `\ufeff${policy}` });
    expect((await run('check --fix')).err).toMatch(/^Made 2 fixes in 1 file\./);
    expect(await readFile(path.join(folder, 'cart.yaml'), 'utf8')).toBe(`\ufeff${policy.replaceAll('spiffe://', '')}`);
    const again = await run('check --fix');
    expect(again).toMatchObject({ code: 0, out: '' });
    expect(again.err).toMatch(/^Nothing to fix\./);
  });

  test('standard input comes out repaired', async () => {
    expect((await run('check - --fix', policy)).out).toBe(policy.replaceAll('spiffe://', ''));
  });

  test('what needs a decision is named by rule', async () => {
    await write({ 'cart.yaml': broken });
    expect(await run('check --fix')).toEqual({
      code: 1,
      out: '',
      err: 'Nothing to fix. 1 finding needs a decision: yaml/duplicate-key (1).\n',
    });
  });
});

describe('other commands', () => {
  test('--help fits a terminal, --version is one line', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(Math.max(...out.split('\n').map((it) => it.length))).toBeLessThanOrEqual(110);
    expect((await run('--version')).out).toMatch(/^\S+\n$/);
  });

  test('explain prints the page of a rule, or those that bear a code', async () => {
    const page = await run('explain yaml/duplicate-key');
    expect(page.code).toBe(0);
    expect(page.out).toMatch(/^# yaml\/duplicate-key\n\nerror · syntax\n\nThe same key twice in one map\./);
    expect(page.out).toContain('## Silence it');
    expect((await run('explain IST0101')).out).toContain('# istio/unknown-host\n');
    expect(await run('explain unknown-hots')).toMatchObject({ code: 2, out: '' });
    expect((await run('explain istio/unknown-hots')).err).toBe(
      'meshwright: no rule or code "istio/unknown-hots" (there is "istio/unknown-host")\n',
    );
  });

  test('scopes tells what is applied together', async () => {
    await write({
      'base/kustomization.yaml': 'resources: [cart.yaml]\n',
      'base/cart.yaml': clean,
      'overlays/prod/kustomization.yaml': 'namespace: prod\nresources: [../../base]\n',
      'overlays/dev/kustomization.yaml': 'resources: [../../base]\n',
    });
    expect((await run('scopes')).out).toBe(
      'dev   kustomize  overlays/dev/kustomization.yaml   1 resource\nprod  kustomize  overlays/prod/kustomization.yaml  1 resource  namespace prod\n',
    );
    expect((await run('scopes base/cart.yaml')).out).toBe('No kustomization and no chart: 1 resource, taken as applied together.\n');
  });

  test('wrong use gives 2 and one line', async () => {
    expect(await run('check --closed')).toEqual({
      code: 2,
      out: '',
      err: 'meshwright: unknown option --closed (there is --closed-world)\n',
    });
  });
});
