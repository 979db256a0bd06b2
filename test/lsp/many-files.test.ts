import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { diagnosticsOf } from '../../server/src/analysis/diagnostics.js';
import type { Json } from '../../server/src/yaml/node.js';
import { analyzeWithSchemas } from '../support/analyze.js';
import { buildServer } from './build.js';
import { TestClient } from './client.js';

// So many files that a second thread reads them: what is found is what one thread finds.

const run = promisify(execFile);
const FILES = 3050;
const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'meshwright-many-')));
const uris = Array.from({ length: FILES }, (_, i) => pathToFileURL(path.join(folder, `app-${i}.yaml`)).href);
const cli = path.join(import.meta.dirname, '../../dist/cli.js');
const files = Array.from({ length: FILES }, (_, i) => ({ path: path.join(folder, `app-${i}.yaml`), text: manifest(i) }));

beforeAll(() => {
  buildServer();
  for (const it of files) writeFileSync(it.path, it.text);
  // Tells when a thread is begun.
  writeFileSync(
    path.join(folder, 'tell.cjs'),
    "const threads = require('node:worker_threads');\nconst { Worker } = threads;\nif (threads.isMainThread) threads.Worker = class extends Worker { constructor(...all) { super(...all); process.stderr.write('one more thread\\n'); } };\n",
  );
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

test('the CLI finds the same with two threads as with one', async () => {
  const options = { env: { ...process.env, NODE_OPTIONS: `--require ${path.join(folder, 'tell.cjs')}` }, maxBuffer: 1 << 28 };
  const { stdout, stderr } = await run(process.execPath, [cli, 'check', folder, '--format', 'json', '--fail-on', 'never'], options);
  expect(stderr.trim()).toBe('one more thread');
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly { file: string; rule: string; message: string; range: Json }[] };
  expect(diagnostics.map((it) => shown(it.file, it.rule, it.message)).sort()).toEqual(expected());
}, 60_000);

test('the server does', async () => {
  const client = await TestClient.start({ folders: [pathToFileURL(folder).href] });
  try {
    await client.ready();
    const found = (): readonly string[] =>
      files
        .flatMap((it, i) =>
          (client.published(uriOf(i))?.diagnostics ?? []).map((one) => shown(it.path, String(one.code), messageOf(one.message))),
        )
        .sort();
    const wanted = expected();
    const count = (): number => files.reduce((sum, _, i) => sum + (client.published(uriOf(i))?.diagnostics.length ?? 0), 0);
    await client.until('findings are told', () => count() >= wanted.length).catch(() => undefined);
    expect(found()).toEqual(wanted);
    expect(client.log.filter((it) => it.includes('thread'))).toEqual([]);
  } finally {
    await client.stop();
  }
}, 60_000);

/** A Service and a route to it; now and then with a subset that is not there, a field that is none, broken YAML, or a List. */
function manifest(i: number): string {
  const service = `apiVersion: v1\nkind: Service\nmetadata:\n  name: app-${i}\n  namespace: shop\nspec:\n  selector:\n    app: app-${i}\n  ports:\n    - name: http\n      port: 80\n`;
  const subset = i % 7 === 0 ? `            subset: v${i}\n` : '';
  const route = `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: app-${i}\n  namespace: shop\nspec:\n  hosts:\n    - app-${i}\n  http:\n    - route:\n        - destination:\n            host: app-${i === 3 ? 'nowhere' : i}\n${subset}`;
  if (i % 31 === 1) return `${service}---\n${route.replace('hosts:', 'hosst:')}`;
  if (i % 31 === 2) return `${service}---\n${route}    bad: [1, 2\n`;
  if (i % 31 === 4) return `apiVersion: v1\nkind: List\nitems:\n${service.replace(/^/gm, '    ').replace('   ', '  -').trimEnd()}\n`;
  return i === FILES - 1 ? `${service}---\n${route.replace('http:', 'htpp:')}` : `${service}---\n${route}`;
}

function expected(): readonly string[] {
  const inputs = files.map((it) => ({ uri: pathToFileURL(it.path).href, text: it.text }));
  const { host } = analyzeWithSchemas(inputs);
  return inputs.flatMap(({ uri }, i) => diagnosticsOf(host, uri).map((it) => shown(files[i]!.path, it.rule, it.message))).sort();
}

function shown(file: string, rule: string, message: string): string {
  return `${path.basename(file)} ${rule} ${message}`;
}

function messageOf(message: unknown): string {
  return typeof message === 'string' ? message : (message as { readonly value: string }).value;
}

function uriOf(i: number): string {
  return uris[i]!;
}
