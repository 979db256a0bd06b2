import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildServer } from './lsp/build.js';
import { TestClient } from './lsp/client.js';

// What many files show by themselves is kept on disk between starts. Whatever becomes of it, findings are those without it.

const cli = path.join(import.meta.dirname, '../dist/cli.js');
const run = promisify(execFile);
const FILES = 3050;

describe('what files show by themselves', () => {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'meshwright-kept-')));
  const workspace = path.join(folder, 'workspace');
  const caches = path.join(folder, 'caches');
  const kept = path.join(caches, 'meshwright/prepared');
  const at = (name: string): string => path.join(workspace, name);

  beforeAll(async () => {
    buildServer();
    mkdirSync(workspace);
    for (let i = 0; i < FILES; i++) writeFileSync(at(`app-${i}.yaml`), manifest(i));
    for (const [name, text] of Object.entries(SECRETS)) writeFileSync(at(name), text);
    await findings();
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  const findings = async (where = caches): Promise<unknown> => {
    const options = { env: { ...process.env, XDG_CACHE_HOME: where }, maxBuffer: 1 << 28 };
    const { stdout, stderr } = await run(process.execPath, [cli, 'check', workspace, '--format', 'json', '--fail-on', 'never'], options);
    expect(stderr).toBe('');
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly unknown[] };
    expect(diagnostics.length).toBeGreaterThan(100);
    return diagnostics;
  };
  /** Where nothing can be kept. */
  const without = (): Promise<unknown> => findings(path.join(workspace, 'app-0.yaml'));
  const file = (): string => {
    const [name, ...others] = readdirSync(kept);
    expect(others).toEqual([]);
    return path.join(kept, name!);
  };

  test('is taken over by the next start, which finds the same, and by the server', async () => {
    const before = statSync(file());
    if (process.platform !== 'win32') expect(before.mode & 0o777).toBe(0o600);
    expect(await findings()).toEqual(await without());
    // Nothing was new, so that nothing was written.
    expect(statSync(file()).ino).toBe(before.ino);
    utimesSync(file(), 1, 1);
    const client = await TestClient.start({ folders: [pathToFileURL(workspace).href], env: { XDG_CACHE_HOME: caches } });
    try {
      await client.ready();
      await client.until('it was used', () => statSync(file()).mtimeMs > 1000);
      expect(statSync(file()).ino).toBe(before.ino);
    } finally {
      await client.stop();
    }
  }, 120_000);

  test('is found anew in files that changed', async () => {
    const before = statSync(file());
    writeFileSync(at('app-7.yaml'), manifest(7).replace('hosts:', 'hosst:'));
    writeFileSync(at('app-1500.yaml'), manifest(1500).replace('app-1500', 'app-1501'));
    writeFileSync(at('app-2000.yaml'), SECRETS['secret.yaml']);
    writeFileSync(at('added.yaml'), manifest(1));
    rmSync(at('app-2400.yaml'));
    renameSync(at('app-2500.yaml'), at('moved.yaml'));
    writeFileSync(at('.meshwright.yaml'), 'istio: { version: "1.20" }\n');
    expect(await findings()).toEqual(await without());
    const after = statSync(file());
    expect(after.ino).not.toBe(before.ino);
    rmSync(at('.meshwright.yaml'));
    writeFileSync(at('app-7.yaml'), manifest(7));
    expect(await findings()).toEqual(await without());
    expect(statSync(file()).ino).not.toBe(after.ino);
  }, 120_000);

  test('holds nothing of Secrets', () => {
    const bytes = readFileSync(file());
    expect(bytes.includes('app-12.shop')).toBe(true);
    for (const text of ['planted', 'hunter2', Buffer.from('hunter2').toString('base64')]) {
      expect(bytes.includes(text)).toBe(false);
      expect(bytes.includes(Buffer.from(text, 'utf16le'))).toBe(false);
    }
  });

  test('is passed over where it is damaged, cut short or something else, and kept anew', async () => {
    const expected = await without();
    await findings();
    const whole = readFileSync(file());
    const damaged = Buffer.from(whole);
    for (let i = 0; i < damaged.length; i += 5000) damaged[i]! ^= 0x11;
    const damagedWithin = Buffer.concat([whole.subarray(0, 40), damaged.subarray(40)]);
    for (const bytes of [damaged, damagedWithin, whole.subarray(0, whole.length >> 1), Buffer.alloc(0), Buffer.from('kind: Service\n')]) {
      writeFileSync(file(), bytes);
      expect(await findings()).toEqual(expected);
      expect(readFileSync(file()).equals(whole)).toBe(true);
    }
  }, 180_000);

  test('is not kept where settings say so', async () => {
    const elsewhere = path.join(folder, 'elsewhere');
    writeFileSync(at('.meshwright.yaml'), 'files: { cache: off }\n');
    await findings(elsewhere);
    expect(existsSync(path.join(elsewhere, 'meshwright/prepared'))).toBe(false);
    rmSync(at('.meshwright.yaml'));
  }, 120_000);

  test('of workspaces that nobody opens any more is removed', async () => {
    for (const name of ['old.cache', 'other.cache']) writeFileSync(path.join(kept, name), '');
    utimesSync(path.join(kept, 'old.cache'), 1, 1);
    await findings();
    expect(readdirSync(kept).filter((it) => it === 'old.cache' || it === 'other.cache')).toEqual(['other.cache']);
  }, 120_000);
});

test('nothing is kept of a few files', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-kept-'));
  writeFileSync(path.join(folder, 'app.yaml'), manifest(1));
  const env = { ...process.env, XDG_CACHE_HOME: folder };
  await run(process.execPath, [cli, 'check', path.join(folder, 'app.yaml'), '--fail-on', 'never'], { env });
  expect(existsSync(path.join(folder, 'meshwright/prepared'))).toBe(false);
  rmSync(folder, { recursive: true });
});

/** A Service and a route to it, now and then with something wrong. */
function manifest(i: number): string {
  const service = `apiVersion: v1\nkind: Service\nmetadata:\n  name: app-${i}\n  namespace: shop\nspec:\n  selector:\n    app: app-${i}\n  ports:\n    - name: http\n      port: 80\n`;
  const subset = i % 7 === 0 ? `            subset: v${i}\n` : '';
  const route = `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: app-${i}\n  namespace: shop\nspec:\n  hosts:\n    - app-${i}\n  http:\n    - route:\n        - destination:\n            host: app-${i}\n${subset}`;
  return `${service}---\n${i % 31 === 1 ? route.replace('hosts:', 'hosst:') : route}`;
}

/** As people and tools write them; YAML has many ways to say a kind. */
const SECRETS = {
  'secret.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: { name: planted-1, namespace: shop }\nstringData: { planted-key: hunter2 }\n',
  'quoted.yaml':
    'kind: "\\u0053ecret"\napiVersion: v1\nmetadata: { name: planted-2, namespace: shop, annotations: { planted: hunter2 } }\ndata: { planted-key: aHVudGVyMg== }\n',
  'list.yaml':
    'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: { name: planted-3, namespace: shop }\n  stringData: { planted-key: hunter2 }\n',
  'folded.yaml':
    'apiVersion: v1\nkind: "Sec\\\n  ret"\nmetadata: { name: planted-4, namespace: shop, labels: { planted: hunter2 } }\nstringData: { planted-key: hunter2 }\n',
  'many.yaml': `${manifest(5)}---\napiVersion: v1\nkind: 'Secret'\nmetadata: { name: planted-5, namespace: shop }\ndata: { planted-key: aHVudGVyMg==, tls.crt: hunter2 }\ntype: kubernetes.io/tls\n`,
  'secret.json':
    '{ "apiVersion": "v1", "kind": "Secret", "metadata": { "name": "planted-6" }, "stringData": { "planted-key": "hunter2" } }',
};
