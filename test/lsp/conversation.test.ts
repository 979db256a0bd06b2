import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  CompletionList,
  Hover,
  InlayHint,
  Location,
  LocationLink,
  WorkspaceEdit,
} from 'vscode-languageserver-protocol';
import { buildServer } from './build.js';
import { applyLspEdits, FULL, TemporaryFolder, TestClient } from './client.js';

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: checkout
  namespace: shop
spec:
  selector:
    app: checkout
  ports:
    - name: http
      port: 8080
`;

const ROUTE = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: checkout
  namespace: shop
spec:
  hosts:
    - checkout
  http:
    - route:
        - destination:
            host: checkout
            subset: v1
`;

const RULE = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: checkout
  namespace: shop
spec:
  host: checkout
  subsets:
    - name: v1
      labels:
        version: v1
`;

/** Another route, that leads nowhere. */
const OTHER = ROUTE.replace('name: checkout', 'name: other')
  .replace('- checkout', '- other.example.com')
  .replace('host: checkout', 'host: nowhere');

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: checkout-v1
  namespace: shop
spec:
  selector:
    matchLabels:
      app: checkout
  template:
    metadata:
      labels:
        app: checkout
        version: v1
    spec:
      containers:
        - name: checkout
          image: checkout:1
`;

const FILES = {
  '.meshwright.yaml': 'world: closed\n',
  'service.yaml': SERVICE,
  'route.yaml': ROUTE,
  'rule.yaml': RULE,
  'deployment.yaml': DEPLOYMENT,
};

let folder: TemporaryFolder | undefined;
let client: TestClient | undefined;

async function start(
  files: Readonly<Record<string, string>> = FILES,
  more: Partial<Parameters<typeof TestClient.start>[0]> = {},
): Promise<{ client: TestClient; folder: TemporaryFolder }> {
  folder = new TemporaryFolder(files);
  client = await TestClient.start({ folders: [folder.uri], ...more });
  return { client, folder };
}

beforeAll(() => buildServer());

afterEach(async () => {
  const code = await client?.stop();
  folder?.delete();
  if (client) expect(code).toBe(0);
  const failures = client?.log.filter((it) => it.includes('failed')) ?? [];
  client = undefined;
  folder = undefined;
  expect(failures).toEqual([]);
});

const has =
  (code: string) =>
  (diagnostics: readonly { code?: unknown }[]): boolean =>
    diagnostics.some((it) => it.code === code);
/** Of what rules say of these files only this one matters here; others may come. */
const lacks =
  (code: string) =>
  (diagnostics: readonly { code?: unknown }[]): boolean =>
    !has(code)(diagnostics);
const isEmpty = (diagnostics: readonly unknown[]): boolean => diagnostics.length === 0;

describe('diagnostics', () => {
  test('an open file is told with its version, a closed one without being opened', async () => {
    const { client, folder } = await start({ ...FILES, 'broken.yaml': OTHER });
    await client.diagnostics(folder.uriOf('broken.yaml'), has('istio/unknown-host'));
    const route = folder.uriOf('route.yaml');
    await client.open(route, ROUTE);
    await client.diagnostics(route, lacks('istio/unknown-host'));
    await client.replace(route, 'host: checkout', 'host: chekout');
    const [problem] = await client.diagnostics(route, has('istio/unknown-host'));
    expect(problem).toMatchObject({ source: 'meshwright', severity: 1, range: { start: { line: 11, character: 18 } } });
    expect(client.published(route)?.version).toBe(2);
  });

  test('an edit in one file changes what is told of another, closed one', async () => {
    const { client, folder } = await start();
    await client.ready();
    const service = folder.uriOf('service.yaml');
    await client.open(service, SERVICE);
    await client.replace(service, 'name: checkout', 'name: basket');
    await client.diagnostics(folder.uriOf('route.yaml'), has('istio/unknown-host'));
    await client.replace(service, 'name: basket', 'name: checkout');
    await client.diagnostics(folder.uriOf('route.yaml'), lacks('istio/unknown-host'));
  });

  test('a file that is closed counts as it is on disk again', async () => {
    const { client, folder } = await start();
    await client.ready();
    const service = folder.uriOf('service.yaml');
    await client.open(service, SERVICE);
    await client.replace(service, 'name: checkout', 'name: basket');
    await client.diagnostics(folder.uriOf('route.yaml'), has('istio/unknown-host'));
    await client.close(service);
    await client.diagnostics(folder.uriOf('route.yaml'), lacks('istio/unknown-host'));
  });

  test('files that change, come and go on disk are noticed, folders too', async () => {
    const { client, folder } = await start({ ...FILES, 'more/service.yaml': SERVICE.replace('name: checkout', 'name: cart') });
    await client.ready();
    const told = (name: string, type: number): Promise<void> =>
      client.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: folder.uriOf(name), type }] });
    folder.remove('service.yaml');
    await told('service.yaml', 3);
    await client.diagnostics(folder.uriOf('route.yaml'), has('istio/unknown-host'));
    folder.write('service.yaml', SERVICE);
    await told('service.yaml', 1);
    await client.diagnostics(folder.uriOf('route.yaml'), lacks('istio/unknown-host'));
    folder.write('cart.yaml', ROUTE.replaceAll('checkout', 'cart').replace('            subset: v1\n', ''));
    await told('cart.yaml', 1);
    folder.remove('more');
    await told('more', 3);
    await client.diagnostics(folder.uriOf('cart.yaml'), has('istio/unknown-host'));
  });

  test('documents below a broken one are checked', async () => {
    const { client, folder } = await start();
    const uri = folder.uriOf('two.yaml');
    await client.open(uri, `kind: [\n---\n${ROUTE.replace('host: checkout', 'host: nowhere')}`);
    const told = await client.diagnostics(uri, has('istio/unknown-host'));
    expect(told.map((it) => it.range.start.line)).toContain(13);
  });

  test('settings of the workspace file apply when it changes, those of the client below it', async () => {
    const { client, folder } = await start(FILES, {
      initializationOptions: { diagnostics: 'push', settings: { world: 'open', rules: { 'istio/unknown-host': 'warning' } } },
    });
    const route = folder.uriOf('route.yaml');
    await client.open(route, ROUTE.replace('host: checkout', 'host: nowhere'));
    await client.diagnostics(route, (it) => it.some((one) => one.code === 'istio/unknown-host' && one.severity === 2));
    folder.write('.meshwright.yaml', 'world: closed\nrules: {istio/unknown-host: info}\n');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: folder.uriOf('.meshwright.yaml'), type: 2 }],
    });
    await client.diagnostics(route, (it) => it.some((one) => one.code === 'istio/unknown-host' && one.severity === 3));
    folder.remove('.meshwright.yaml');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: folder.uriOf('.meshwright.yaml'), type: 3 }],
    });
    await client.connection.sendNotification('workspace/didChangeConfiguration', {
      settings: { meshwright: { world: 'closed', rules: { 'istio/unknown-host': 'off' } } },
    });
    await client.diagnostics(route, lacks('istio/unknown-host'));
  });

  test('a client that brings no settings is asked for them', async () => {
    const capabilities = { ...FULL, workspace: { ...FULL.workspace, configuration: true } };
    const configuration = { rules: { 'istio/unknown-host': 'info' } };
    const { client, folder } = await start(FILES, { capabilities, initializationOptions: {}, configuration });
    const route = folder.uriOf('route.yaml');
    await client.open(route, ROUTE.replace('host: checkout', 'host: nowhere'));
    await client.diagnostics(route, (it) => it.some((one) => one.code === 'istio/unknown-host' && one.severity === 3));
  });

  test('with the scope of open files, closed ones stay silent', async () => {
    const broken = ROUTE.replace('host: checkout', 'host: nowhere');
    const { client, folder } = await start(
      { ...FILES, 'route.yaml': broken },
      { initializationOptions: { diagnostics: 'push', settings: { diagnostics: { scope: 'openFiles' } } } },
    );
    await client.until('everything is settled', () => client.statuses.some((it) => it.text.endsWith('resources')));
    expect(client.published(folder.uriOf('route.yaml'))).toBeUndefined();
    await client.open(folder.uriOf('route.yaml'), broken);
    await client.diagnostics(folder.uriOf('route.yaml'), has('istio/unknown-host'));
    await client.close(folder.uriOf('route.yaml'));
    await client.diagnostics(folder.uriOf('route.yaml'), isEmpty);
  });

  test('a folder that leaves the workspace takes its files along', async () => {
    const { client, folder } = await start();
    const other = new TemporaryFolder({ 'other.yaml': OTHER });
    await client.ready();
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: other.uri, name: 'other' }], removed: [] },
    });
    await client.diagnostics(other.uriOf('other.yaml'), has('istio/unknown-host'));
    await client.connection.sendNotification('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: [{ uri: other.uri, name: 'other' }] },
    });
    await client.diagnostics(other.uriOf('other.yaml'), isEmpty);
    expect(folder.path).not.toBe(other.path);
    other.delete();
  });

  test('a large document that breaks keeps what was known of it while somebody types, and its errors follow', async () => {
    const routes = Array.from(
      { length: 900 },
      (_, i) => `    - match: [{ uri: { exact: /${i} } }]\n      route: [{ destination: { host: checkout } }]\n`,
    );
    const large = ROUTE.replace('http:\n', `http:\n${routes.join('')}`).replace('subset: v1', 'subset: v9');
    expect(large.length).toBeGreaterThan(65_536);
    const { client, folder } = await start({ ...FILES, 'route.yaml': large });
    const uri = folder.uriOf('route.yaml');
    await client.open(uri, large);
    const codes = (list: readonly { code?: string | number | undefined }[]): readonly (string | number | undefined)[] =>
      list.map((it) => it.code);
    await client.diagnostics(uri, (list) => codes(list).includes('istio/unknown-subset'));
    await client.replace(uri, 'hosts:\n', 'hosts: [\n');
    await client.diagnostics(uri, (list) => codes(list).includes('yaml/syntax'));
    const ofEdit = client.publications.filter((it) => it.uri === uri && it.version === 2).map((it) => codes(it.diagnostics));
    expect(ofEdit[0]).toContain('istio/unknown-subset');
    expect(ofEdit[0]).not.toContain('yaml/syntax');
    await client.replace(uri, 'hosts: [\n', 'hosts:\n');
    await client.diagnostics(uri, (list) => !codes(list).includes('yaml/syntax') && codes(list).includes('istio/unknown-subset'));
  });

  test('a client that pulls is not pushed to', async () => {
    const capabilities = { ...FULL, textDocument: { ...FULL.textDocument, diagnostic: { relatedDocumentSupport: false } } };
    const { client, folder } = await start(
      { ...FILES, 'route.yaml': ROUTE.replace('host: checkout', 'host: nowhere') },
      { capabilities, initializationOptions: {} },
    );
    expect(client.initializeResult.capabilities.diagnosticProvider).toMatchObject({ workspaceDiagnostics: true });
    await client.until('everything is settled', () => client.statuses.some((it) => it.text.endsWith('resources')));
    const uri = folder.uriOf('route.yaml');
    await client.open(uri, ROUTE.replace('host: checkout', 'host: nowhere'));
    const first = await client.request<{ kind: string; resultId: string; items: { code: string }[] }>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    expect(first.items.map((it) => it.code)).toContain('istio/unknown-host');
    const again = await client.request<{ kind: string }>('textDocument/diagnostic', {
      textDocument: { uri },
      previousResultId: first.resultId,
    });
    expect(again.kind).toBe('unchanged');
    const all = await client.request<{ items: { uri: string }[] }>('workspace/diagnostic', { previousResultIds: [] });
    expect(all.items.map((it) => it.uri)).toEqual([uri]);
    // Clients ask again every few seconds.
    const pullAll = async (value: string): Promise<{ kind: string; resultId: string; items?: unknown[] }[]> => {
      const report = await client.request<{ items: { kind: string; resultId: string }[] }>('workspace/diagnostic', {
        previousResultIds: [{ uri, value }],
      });
      return report.items;
    };
    expect(await pullAll(first.resultId)).toMatchObject([{ kind: 'unchanged', resultId: first.resultId }]);
    await client.replace(uri, 'host: nowhere', 'host: checkout');
    const [repaired] = await pullAll(first.resultId);
    expect(repaired).toMatchObject({ kind: 'full', items: [] });
    expect(await pullAll(repaired!.resultId)).toMatchObject([{ kind: 'unchanged' }]);
    expect(client.publications).toEqual([]);
  });

  test('files that are left out by settings, .gitignore or size are not read', async () => {
    const broken = OTHER;
    const { client, folder } = await start(
      {
        ...FILES,
        '.git/HEAD': '',
        '.gitignore': 'ignored/\n',
        'ignored/a.yaml': broken,
        'node_modules/a.yaml': broken,
        'out/a.yaml': broken,
        'own/a.yaml': broken,
        'seen.yaml': broken,
      },
      { initializationOptions: { diagnostics: 'push', filesExclude: { '**/out': true }, settings: { files: { exclude: ['own/**'] } } } },
    );
    await client.diagnostics(folder.uriOf('seen.yaml'), has('istio/unknown-host'));
    await client.until('everything is settled', () => client.statuses.some((it) => it.text.endsWith('resources')));
    expect(client.publications.map((it) => it.uri).filter((it) => it.endsWith('a.yaml'))).toEqual([]);
  });
});

describe('answers', () => {
  test('hover tells what a host leads to, and where', async () => {
    const { client, folder } = await start();
    await client.ready();
    const uri = folder.uriOf('route.yaml');
    await client.open(uri, ROUTE);
    const hover = await client.at<Hover>('textDocument/hover', uri, 'host: checkout', 8);
    const { value } = hover.contents as { value: string };
    expect(value.split('\\\n')[0]).toBe(`**Service checkout** · shop · [service.yaml:4](${folder.uriOf('service.yaml')}#L4,9)`);
    expect(hover.range).toEqual({ start: { line: 11, character: 18 }, end: { line: 11, character: 26 } });
  });

  test('code lenses and inlay hints tell what a file comes to, as settings say', async () => {
    const { client, folder } = await start();
    await client.ready();
    const uri = folder.uriOf('route.yaml');
    await client.open(uri, ROUTE);
    const lenses = await client.request<CodeLens[]>('textDocument/codeLens', { textDocument: { uri } });
    expect(lenses.map((it) => it.command?.title)).toEqual(['routes to checkout']);
    expect(lenses[0]!.command).toMatchObject({ command: 'meshwright.showReferences', arguments: [uri, { line: 0, character: 0 }, [{}]] });
    const range = { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } };
    const hints = await client.request<InlayHint[]>('textDocument/inlayHint', { textDocument: { uri }, range });
    const label = (it: InlayHint): string => (it.label as { value: string }[])[0]!.value;
    expect(hints.map(label)).toEqual(['.shop', '.shop', 'version=v1, 1 pod']);
    expect(hints[2]!.position).toEqual({ line: 12, character: 22 });
  });

  test('settings switch lenses and hints off', async () => {
    const { client, folder } = await start({ ...FILES, '.meshwright.yaml': 'codeLens: []\ninlayHints: [weight]\n' });
    await client.ready();
    const uri = folder.uriOf('route.yaml');
    await client.open(uri, ROUTE);
    expect(await client.request('textDocument/codeLens', { textDocument: { uri } })).toEqual([]);
    const range = { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } };
    expect(await client.request('textDocument/inlayHint', { textDocument: { uri }, range })).toEqual([]);
  });

  test('hover tells what a field does', async () => {
    const { client, folder } = await start();
    const uri = folder.uriOf('route.yaml');
    await client.open(uri, ROUTE);
    const hover = await client.at<Hover>('textDocument/hover', uri, 'subset:', 2);
    expect((hover.contents as { value: string }).value).toMatch(/^\*\*subset\*\* · string/);
  });

  test('completion offers hosts and subsets of the workspace, and keys of the schema', async () => {
    const { client, folder } = await start();
    await client.ready();
    const uri = folder.uriOf('route.yaml');
    await client.open(uri, ROUTE);
    const labels = async (what: string, shift: number): Promise<string[]> =>
      (await client.at<CompletionList>('textDocument/completion', uri, what, shift)).items.map((it) => it.label);
    expect(await labels('host: checkout', 6)).toContain('checkout');
    expect(await labels('subset: v1', 8)).toContain('v1');
    await client.replace(uri, '    - route:', '    - ti\n      route:');
    const { items: keys } = await client.at<CompletionList>('textDocument/completion', uri, '- ti', 4);
    const timeout = keys.find((it) => it.label === 'timeout')!;
    expect(timeout).toMatchObject({ textEdit: { newText: 'timeout: ' } });
    const resolved = await client.request<CompletionItem>('completionItem/resolve', timeout);
    expect((resolved.documentation as { value: string }).value).toContain('timeout');
  });

  test('definition leads to the subset, references back to the routes', async () => {
    const { client, folder } = await start();
    await client.ready();
    const route = folder.uriOf('route.yaml');
    const rule = folder.uriOf('rule.yaml');
    await client.open(route, ROUTE);
    await client.open(rule, RULE);
    const [link] = await client.at<LocationLink[]>('textDocument/definition', route, 'subset: v1', 8);
    expect(link).toMatchObject({ targetUri: rule, targetSelectionRange: { start: { line: 8, character: 12 } } });
    const found = await client.at<Location[]>('textDocument/references', rule, 'name: v1', 6, { context: { includeDeclaration: true } });
    expect(found.map((it) => it.uri).sort()).toEqual([route, rule]);
  });

  test('a service is renamed in every file, but only where its name stands', async () => {
    const { client, folder } = await start({
      ...FILES,
      'other.yaml': ROUTE.replace('name: checkout\n  namespace: shop', 'name: other\n  namespace: web').replaceAll(
        /(- |host: )checkout\n/g,
        '$1checkout.shop.svc.cluster.local\n',
      ),
    });
    await client.ready();
    const uri = folder.uriOf('service.yaml');
    await client.open(uri, SERVICE);
    expect(await client.at('textDocument/prepareRename', uri, 'name: checkout', 8)).toMatchObject({ placeholder: 'checkout' });
    const edit = await client.at<WorkspaceEdit>('textDocument/rename', uri, 'name: checkout', 8, { newName: 'till' });
    const byFile = Object.fromEntries(
      (edit.documentChanges ?? []).map((it) => ('edits' in it ? [it.textDocument.uri, it.edits.length] : [])),
    );
    expect(byFile).toEqual({ [folder.uriOf('other.yaml')]: 2, [folder.uriOf('route.yaml')]: 2, [folder.uriOf('rule.yaml')]: 1, [uri]: 1 });
    expect(edit.changeAnnotations).toBeDefined();
    const other = (edit.documentChanges ?? []).find((it) => 'edits' in it && it.textDocument.uri === folder.uriOf('other.yaml')) as {
      edits: { range: { start: { line: number; character: number }; end: { line: number; character: number } }; newText: string }[];
    };
    expect(applyLspEdits(ROUTE.replaceAll(/(- |host: )checkout\n/g, '$1checkout.shop.svc.cluster.local\n'), other.edits)).toContain(
      'host: till.shop.svc.cluster.local',
    );
  });

  test('what cannot be renamed is refused with the reason', async () => {
    const { client, folder } = await start();
    await client.ready();
    const uri = folder.uriOf('route.yaml');
    await client.open(uri, ROUTE.replace('host: checkout', 'host: nowhere'));
    await expect(client.at('textDocument/prepareRename', uri, 'nowhere', 2)).rejects.toThrow(
      'Nothing in this workspace defines "nowhere".',
    );
  });

  test('a quick fix and fix-all repair a misspelt host', async () => {
    const { client, folder } = await start();
    await client.ready();
    const uri = folder.uriOf('route.yaml');
    await client.open(uri, ROUTE.replace('host: checkout', 'host: checkuot'));
    const [problem] = await client.diagnostics(uri, has('istio/unknown-host'));
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: problem!.range,
      context: { diagnostics: [problem] },
    });
    expect(actions[0]).toMatchObject({
      title: 'Change to "checkout"',
      kind: 'quickfix',
      isPreferred: true,
      diagnostics: [{ code: 'istio/unknown-host' }],
    });
    const [all] = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: problem!.range,
      context: { diagnostics: [], only: ['source.fixAll'] },
    });
    const [change] = all!.edit!.documentChanges!;
    expect(applyLspEdits(client.textOf(uri), (change as { edits: Parameters<typeof applyLspEdits>[1] }).edits)).toBe(ROUTE);
    expect(change).toMatchObject({ textDocument: { uri, version: 1 } });
  });

  test('a finding can be ignored by a comment, which silences it', async () => {
    const { client, folder } = await start();
    await client.ready();
    const uri = folder.uriOf('route.yaml');
    await client.open(uri, ROUTE.replace('host: checkout', 'host: nowhere'));
    const [problem] = await client.diagnostics(uri, has('istio/unknown-host'));
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: problem!.range,
      context: { diagnostics: [problem] },
    });
    const ignore = actions.find((it) => it.title === 'Ignore "istio/unknown-host" on this line')!;
    const [change] = ignore.edit!.documentChanges as { edits: Parameters<typeof applyLspEdits>[1] }[];
    const text = applyLspEdits(client.textOf(uri), change!.edits);
    expect(text).toContain('            # meshwright-ignore istio/unknown-host: reason\n            host: nowhere');
    await client.replace(uri, client.textOf(uri), text);
    await client.diagnostics(uri, lacks('istio/unknown-host'));
  });

  test('a finding can be ignored in the workspace, and is explained with what was looked up', async () => {
    const { client, folder } = await start({ ...FILES, '.meshwright.yaml': 'world: closed\n' });
    await client.ready();
    const uri = folder.uriOf('route.yaml');
    await client.open(uri, ROUTE.replace('host: checkout', 'host: nowhere'));
    const [problem] = await client.diagnostics(uri, has('istio/unknown-host'));
    const actions = await client.request<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: problem!.range,
      context: { diagnostics: [problem] },
    });
    const ignore = actions.find((it) => it.title === 'Ignore "istio/unknown-host" in this workspace (.meshwright.yaml)')!;
    expect(ignore.edit!.documentChanges).toMatchObject([
      { textDocument: { uri: folder.uriOf('.meshwright.yaml') }, edits: [{ newText: '\nrules:\n  istio/unknown-host: off' }] },
    ]);
    expect(actions.map((it) => it.title)).toContain('Ignore "istio/unknown-host" for this VirtualService');
    const { command } = actions.find((it) => it.title === 'Explain "istio/unknown-host"')!;
    const told = await client.request<{ title: string; markdown: string }>('meshwright/explainDiagnostic', command!.arguments![0]);
    expect(told.title).toBe('istio/unknown-host');
    expect(told.markdown).toMatch(/owners of host `nowhere\.shop\.svc\.cluster\.local`: none/);
  });

  test('a baseline takes what is found for known, and the editor keeps to it', async () => {
    const { client, folder } = await start({
      ...FILES,
      'route.yaml': ROUTE.replace('host: checkout', 'host: nowhere'),
      '.meshwright.yaml': 'world: closed\n',
    });
    await client.ready();
    const uri = folder.uriOf('route.yaml');
    await client.diagnostics(uri, has('istio/unknown-host'));
    const made = await client.request<{ files: { uri: string; text: string }[]; count: number }>('meshwright/createBaseline', {});
    expect(made.files.map((it) => it.uri)).toEqual([folder.uriOf('.meshwright-baseline.json'), folder.uriOf('.meshwright.yaml')]);
    expect(made.files[1]!.text).toBe('world: closed\nbaseline: .meshwright-baseline.json\n');
    folder.write('.meshwright-baseline.json', made.files[0]!.text);
    folder.write('.meshwright.yaml', made.files[1]!.text);
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: made.files.map((it) => ({ uri: it.uri, type: 2 })),
    });
    await client.diagnostics(uri, lacks('istio/unknown-host'));
  });

  test('symbols are found by short name and namespace', async () => {
    const { client, folder } = await start();
    await client.ready();
    const found = await client.request<{ name: string; containerName: string; location: Location }[]>('workspace/symbol', {
      query: 'vs checkout',
    });
    expect(found.map((it) => [it.name, it.containerName, it.location.uri])).toEqual([
      ['checkout', 'VirtualService · shop', folder.uriOf('route.yaml')],
    ]);
  });
});

test('a subset that is yet to be defined is written into its rule, too', async () => {
  const { client, folder } = await start({
    ...FILES,
    'v2.yaml': DEPLOYMENT.replaceAll('v1\n', 'v2\n').replace('apps/v2', 'apps/v1'),
  });
  await client.ready();
  const uri = folder.uriOf('route.yaml');
  await client.open(uri, ROUTE);
  const { items } = await client.at<CompletionList>('textDocument/completion', uri, 'subset: v1', 8);
  const item = items.find((it) => it.label === 'v2')!;
  expect(item.labelDetails?.description).toBe('new, from checkout-v2');
  const applied = new Promise<WorkspaceEdit>((resolve) => {
    client.connection.onRequest('workspace/applyEdit', ({ edit }: { edit: WorkspaceEdit }) => {
      resolve(edit);
      return { applied: true };
    });
  });
  await client.request('workspace/executeCommand', { command: item.command!.command, arguments: item.command!.arguments });
  const [change] = (await applied).documentChanges as { textDocument: { uri: string }; edits: Parameters<typeof applyLspEdits>[1] }[];
  expect(change!.textDocument.uri).toBe(folder.uriOf('rule.yaml'));
  expect(applyLspEdits(RULE, change!.edits)).toContain('    - name: v2\n      labels:\n        version: v2\n');
});

describe('while files are being read', () => {
  const many = Object.fromEntries(
    Array.from({ length: 1500 }, (_, i) => [`many/${i}.yaml`, SERVICE.replace('name: checkout', `name: service-${i}`)]),
  );

  test('an open file is told what it shows itself, and nothing that would be taken back', async () => {
    const { client, folder } = await start({ ...FILES, ...many });
    const uri = folder.uriOf('route.yaml');
    await client.open(uri, ROUTE.replace('subset: v1', 'subset: [v1'));
    await client.diagnostics(uri, has('yaml/syntax'));
    await client.replace(uri, 'subset: [v1', 'subset: v1');
    await client.ready();
    await client.until('the route is told again', () => (client.published(uri)?.version ?? 0) >= 2);
    const told = client.publications.filter((it) => it.uri === uri).flatMap((it) => it.diagnostics.map((one) => one.code));
    expect(told).not.toContain('istio/unknown-host');
    expect(told).not.toContain('istio/unknown-subset');
  });

  test('requests are answered and progress is told', async () => {
    const capabilities = { ...FULL, window: { workDoneProgress: true } };
    const { client, folder } = await start({ ...FILES, ...many }, { capabilities });
    const uri = folder.uriOf('route.yaml');
    await client.open(uri, ROUTE);
    const symbols = await client.request<{ name: string }[]>('textDocument/documentSymbol', { textDocument: { uri } });
    expect(symbols.map((it) => it.name)).toEqual(['VirtualService checkout']);
    await client.until('progress ends', () => client.progress.some((it) => it.kind === 'end'));
    expect(client.progress[0]).toMatchObject({ kind: 'begin' });
    expect(client.progress.map((it) => it.message)).toContain('reading manifests, 1,505 of 1,505 files');
    expect(client.statuses[0]).toMatchObject({ text: 'reading…', busy: true });
  });
});

describe('the server', () => {
  test('answers for an untitled document and for URIs in another spelling', async () => {
    const { client, folder } = await start();
    await client.ready();
    await client.open('untitled:Untitled-1', ROUTE.replace('host: checkout', 'host: nowhere'));
    await client.diagnostics('untitled:Untitled-1', has('istio/unknown-host'));
    const spelled = folder.uriOf('route.yaml').replace('route', 'rou%74e');
    await client.open(spelled, ROUTE.replace('host: checkout', 'host: nowhere'));
    await client.diagnostics(spelled, has('istio/unknown-host'));
  });

  test('an empty answer is all that broken and foreign text gets', async () => {
    const { client, folder } = await start();
    const uri = folder.uriOf('foreign.yaml');
    await client.open(uri, 'services:\n  web:\n    image: [\n');
    expect((await client.at<CompletionList>('textDocument/completion', uri, 'image', 2)).items).toEqual([]);
    for (const method of ['hover', 'definition', 'references', 'documentHighlight', 'prepareRename']) {
      const found = await client.at(`textDocument/${method}`, uri, 'image', 2, { context: { includeDeclaration: true } });
      expect(found ?? []).toEqual([]);
    }
    expect(await client.request('textDocument/documentSymbol', { textDocument: { uri } })).toEqual([]);
  });

  test('the status speaks of the file in front', async () => {
    const { client, folder } = await start({
      ...FILES,
      'compose.yaml': 'services:\n  web: {}\n',
      'broken.yaml': `${ROUTE}---\n${RULE.replace('  host: checkout', '\thost: checkout')}`,
      'chart.yaml': ROUTE.replace('- checkout', '- {{ .Values.host }}'),
    });
    await client.ready();
    const told = async (file: string, text: string): Promise<void> => {
      await client.connection.sendNotification('meshwright/active', { uri: folder.uriOf(file) });
      await client.until(`${file} is told`, () => client.statuses[client.statuses.length - 1]?.text === text);
    };
    await told('compose.yaml', 'no mesh resource');
    await told('broken.yaml', 'partly readable');
    await told('chart.yaml', 'Helm template');
    await told('route.yaml', `${client.statuses.find((it) => it.text.endsWith('resources'))!.text}`);
  });

  test('a folder without mesh resources leaves it asleep', async () => {
    const { client } = await start({ 'service.yaml': SERVICE });
    await client.ready();
    await client.until('it says so', () => client.statuses[client.statuses.length - 1]?.text === '');
  });

  test('a wrong key in the settings file is told in the status', async () => {
    const { client, folder } = await start({ ...FILES, '.meshwright.yaml': 'rules: {istio/unkown-host: off}\n' });
    await client.diagnostics(folder.uriOf('.meshwright.yaml'), has('meshwright/configuration'));
    await client.until('the status tells it', () => client.statuses.some((it) => it.text === 'configuration' && it.severity === 'warning'));
  });
});
