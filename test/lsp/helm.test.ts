import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver-protocol/node';
import { CHART, fakeHelm } from '../support/helm.js';
import { buildServer } from './build.js';
import { TemporaryFolder, TestClient } from './client.js';

const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

beforeAll(buildServer, 120_000);

async function start(trusted: boolean, files: Readonly<Record<string, string>> = CHART) {
  const folder = new TemporaryFolder(files);
  const home = mkdtempSync(path.join(tmpdir(), 'meshwright-helm-'));
  const { env, calls } = fakeHelm(home);
  const settings = { world: 'closed', helm: { render: true } };
  const client = await TestClient.start({ folders: [folder.uri], env, initializationOptions: { diagnostics: 'push', trusted, settings } });
  ended.push(
    () => rmSync(home, { recursive: true }),
    () => folder.delete(),
    () => client.stop(),
  );
  const route = folder.uriOf('shop/templates/route.yaml');
  return { folder, client, calls, route, change: (name: string) => changed(client, folder, name) };
}

function changed(client: TestClient, folder: TemporaryFolder, name: string): Promise<void> {
  return client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: folder.uriOf(name), type: 2 }] });
}

const misspelt = (it: readonly Diagnostic[]): boolean => it.some((one) => String(one.message).includes('"checkuot'));

describe.skipIf(process.platform === 'win32')('a chart, with Helm at hand', () => {
  test('is told as it is rendered, at the line of the template, and again after a change', async () => {
    const { folder, client, route, change } = await start(true);
    const [found] = await client.diagnostics(route, misspelt);
    expect(found!.range.start).toEqual({ line: 8, character: 14 });
    folder.write('shop/backend.txt', 'checkout\n');
    await change('shop/templates/_helpers.tpl');
    await client.diagnostics(route, (it) => it.length === 0);
  });

  test('answers in its templates as in any other file', async () => {
    const { client, folder, route } = await start(true);
    await client.diagnostics(route, misspelt);
    await client.open(route, CHART['shop/templates/route.yaml'], 'helm');
    const hover = async (what: string, shift: number): Promise<string> =>
      (await client.at<{ contents: { value: string } }>('textDocument/hover', route, what, shift)).contents.value;
    expect(await hover('[checkout', 3)).toContain('Service');
    expect(await hover('hosts', 2)).toContain('hosts');
    const links = await client.at<readonly { targetUri: string }[]>('textDocument/definition', route, '[checkout', 3);
    expect(links.map((it) => it.targetUri)).toEqual([folder.uriOf('shop/templates/service.yaml')]);
    const symbols = await client.request<readonly { name: string }[]>('textDocument/documentSymbol', { textDocument: { uri: route } });
    expect(symbols.map((it) => it.name)).toEqual(['VirtualService routes']);
  });

  test('is told as it is written while its template is being edited', async () => {
    const { client, route } = await start(true);
    await client.diagnostics(route, misspelt);
    await client.open(route, CHART['shop/templates/route.yaml'], 'helm');
    await client.replace(route, 'name: routes', 'name: routing');
    await client.diagnostics(route, (it) => it.length === 0);
    await client.replace(route, 'name: routing', 'name: routes');
    await client.diagnostics(route, misspelt);
  });

  test('runs nothing before the workspace is trusted', async () => {
    const { client, calls, route } = await start(false);
    await client.ready();
    await client.until('the workspace is checked', () => client.statuses.some((it) => !it.busy && it.text !== ''));
    expect(existsSync(calls)).toBe(false);
    await client.connection.sendNotification('meshwright/trusted', {});
    await client.diagnostics(route, misspelt);
  });

  test('is read as it is written where Helm fails, and that is told once', async () => {
    const { client, folder, change, route } = await start(true, { ...CHART, 'shop/backend.txt': 'Error: no way' });
    const told = () => client.log.filter((it) => it.includes('read as it is written'));
    await client.until('the failure is told', () => told().length > 0);
    expect(told()[0]).toContain('shop is read as it is written: no way');
    folder.write('shop/templates/_helpers.tpl', '{{/* new */}}');
    await change('shop/templates/_helpers.tpl');
    folder.write('shop/backend.txt', 'checkuot');
    await change('shop/templates/_helpers.tpl');
    await client.diagnostics(route, misspelt);
    expect(told()).toHaveLength(1);
  });
});
