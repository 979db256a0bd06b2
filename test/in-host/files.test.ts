import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { diagnosticsOf, fileAt, open, reported, revert, until, untilGone, untilReported } from './editor.js';

/** Text of a route to a host. */
const routeTo = (host: string, name = host): string => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: shop }
spec:
  hosts: [${name}]
  http:
    - route:
        - destination:
            host: ${host}
`;

const service = (name: string): string => `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec:
  ports: [{ name: http, port: 80 }]
`;

suite('files that no editor has open', () => {
  suiteSetup(() => untilReported(fileAt('shop/route.yaml'), 'istio/unknown-subset'));
  suiteTeardown(() => {
    for (const path of ['shop/new.yaml', 'shop/ledger.yaml', 'shop/team', 'moved'])
      rmSync(fileAt(path).fsPath, { recursive: true, force: true });
  });

  test('both folders of the workspace are read', async () => {
    const found = await untilReported(fileAt('bookings/route.yaml'), 'istio/unknown-host', 'bokings');
    assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(vscode.workspace.textDocuments.filter((it) => it.uri.path.endsWith('bookings/route.yaml')).length, 0);
  });

  test('a new file is checked', async () => {
    writeFileSync(fileAt('shop/new.yaml').fsPath, routeTo('ledger', 'cart'));
    await untilReported(fileAt('shop/new.yaml'), 'istio/unknown-host', 'ledger');
  });

  test('a new file elsewhere answers what another one asked', async () => {
    writeFileSync(fileAt('shop/ledger.yaml').fsPath, service('ledger'));
    await untilGone(fileAt('shop/new.yaml'), 'istio/unknown-host');
  });

  test('a deleted file takes its answer along', async () => {
    rmSync(fileAt('shop/ledger.yaml').fsPath);
    await untilReported(fileAt('shop/new.yaml'), 'istio/unknown-host', 'ledger');
  });

  test('a changed file is checked again', async () => {
    writeFileSync(fileAt('shop/new.yaml').fsPath, routeTo('checkout', 'cart'));
    await untilGone(fileAt('shop/new.yaml'), 'istio/unknown-host');
  });

  test('a folder that is moved in is read, and forgotten when it goes', async () => {
    mkdirSync(fileAt('moved').fsPath);
    writeFileSync(fileAt('moved/route.yaml').fsPath, routeTo('nobody', 'moved'));
    renameSync(fileAt('moved').fsPath, fileAt('shop/team').fsPath);
    const inside = fileAt('shop/team/route.yaml');
    await untilReported(inside, 'istio/unknown-host', 'nobody');
    rmSync(fileAt('shop/team').fsPath, { recursive: true });
    await until(
      'nothing in a deleted file',
      () => (diagnosticsOf(inside).length === 0 ? true : undefined),
      () => reported(inside),
    );
  });

  test('an open file goes before the file on disk, until it is closed', async () => {
    writeFileSync(fileAt('shop/ledger.yaml').fsPath, service('ledger'));
    writeFileSync(fileAt('shop/new.yaml').fsPath, routeTo('ledger', 'cart'));
    await untilGone(fileAt('shop/new.yaml'), 'istio/unknown-host');
    const ledger = await open('shop/ledger.yaml');
    const edit = new vscode.WorkspaceEdit();
    edit.replace(ledger.uri, new vscode.Range(0, 0, ledger.lineCount, 0), service('journal'));
    await vscode.workspace.applyEdit(edit);
    await untilReported(fileAt('shop/new.yaml'), 'istio/unknown-host', 'ledger');
    await revert(ledger);
    await untilGone(fileAt('shop/new.yaml'), 'istio/unknown-host');
    assert.match(readFileSync(ledger.uri.fsPath, 'utf8'), /name: ledger/);
  });

  test('a setting in .meshwright.yaml holds as soon as it is written', async () => {
    const settings = fileAt('shop/.meshwright.yaml').fsPath;
    const route = fileAt('shop/route.yaml');
    writeFileSync(settings, 'rules:\n  istio/unknown-subset: off\n');
    await untilGone(route, 'istio/unknown-subset');
    rmSync(settings);
    await untilReported(route, 'istio/unknown-subset');
  });

  test('a document of a virtual workspace is checked while it is open', async () => {
    const text = new TextEncoder().encode(routeTo('nowhere', 'virtual'));
    const stat: vscode.FileStat = { type: vscode.FileType.File, ctime: 0, mtime: 0, size: text.length };
    const nothing = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
    const provider: vscode.FileSystemProvider = {
      onDidChangeFile: nothing.event,
      watch: () => nothing,
      stat: () => stat,
      readFile: () => text,
      readDirectory: () => [],
      createDirectory: refuse,
      writeFile: refuse,
      delete: refuse,
      rename: refuse,
    };
    const registered = vscode.workspace.registerFileSystemProvider('vscode-vfs', provider, { isReadonly: true });
    try {
      const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('vscode-vfs://github/shop/shop/route.yaml'));
      await untilReported(document.uri, 'istio/unknown-host', 'nowhere');
    } finally {
      registered.dispose();
    }
  });

  test('an old version, which a source control shows beside the file, is not checked', async () => {
    const uri = vscode.Uri.parse('old-version:/shop/route.yaml');
    const registered = vscode.workspace.registerTextDocumentContentProvider('old-version', {
      provideTextDocumentContent: () => routeTo('nowhere', 'old'),
    });
    try {
      const old = await vscode.workspace.openTextDocument(uri);
      await vscode.languages.setTextDocumentLanguage(old, 'yaml');
      // Something sent after it has been answered, so this one would have been as well.
      const draft = await vscode.workspace.openTextDocument({
        language: 'yaml',
        content: routeTo('nowhere', 'draft'),
      });
      await untilReported(draft.uri, 'istio/unknown-host', 'nowhere');
      assert.deepEqual(reported(old.uri), []);
    } finally {
      registered.dispose();
    }
  });
});

function refuse(): never {
  throw vscode.FileSystemError.NoPermissions();
}
