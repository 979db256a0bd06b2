import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { diagnosticsOf, fileAt, open, replace, revert, until, untilGone, untilReported } from './editor.js';

interface MeshwrightApi {
  readonly status: () => string | undefined;
}

suite('the extension', () => {
  const extension = vscode.extensions.getExtension<MeshwrightApi>('meshwright.meshwright')!;

  test('is active once a YAML file is shown', async () => {
    await open('shop/route.yaml');
    await until('the extension', () => (extension.isActive ? true : undefined));
  });

  test('tells in its status item how many resources it knows', async () => {
    const status = await until(
      'the status',
      () => /^Meshwright: \d+ resources$/.exec(extension.exports.status() ?? '')?.[0],
      () => extension.exports.status(),
    );
    assert.notEqual(status, 'Meshwright: 0 resources');
  });

  test('has the commands of its palette', async () => {
    const commands = await vscode.commands.getCommands(true);
    const promised = (extension.packageJSON as { contributes: { commands: { command: string }[] } }).contributes.commands.map(
      (it) => it.command,
    );
    assert.deepEqual(
      promised.filter((it) => !commands.includes(it)),
      [],
    );
  });

  test('reports the same after a restart', async () => {
    const route = fileAt('shop/route.yaml');
    const before = await untilReported(route, 'istio/unknown-subset');
    const restarted = vscode.commands.executeCommand('meshwright.restartServer');
    await until('no report while the server is away', () => (diagnosticsOf(route).length === 0 ? true : undefined));
    await restarted;
    const after = await untilReported(route, 'istio/unknown-subset');
    assert.equal(after.message, before.message);
    await untilReported(fileAt('bookings/route.yaml'), 'istio/unknown-host');
  });

  test('comes back when the server is killed', async function () {
    if (process.platform !== 'linux') return this.skip();
    const first = serverProcess();
    assert.ok(first !== undefined, 'a process runs dist/server.js');
    process.kill(first, 'SIGKILL');
    await until('another server', () => {
      const next = serverProcess();
      return next === undefined || next === first ? undefined : next;
    });
    const route = await open('shop/route.yaml');
    await replace(route, 'host: checkout', 'host: chekout');
    await untilReported(route.uri, 'istio/unknown-host', 'chekout');
    await revert(route);
    await untilGone(route.uri, 'istio/unknown-host');
  });

  test('fixes all safe problems of a file with one command', async () => {
    const policy = await vscode.workspace.openTextDocument({ language: 'yaml', content: routeOfOldVersion });
    await vscode.window.showTextDocument(policy);
    await untilReported(policy.uri, 'istio/deprecated-version');
    await vscode.commands.executeCommand('meshwright.fixAllInFile');
    assert.match(policy.getText(), /^apiVersion: networking\.istio\.io\/v1\n/);
    await untilGone(policy.uri, 'istio/deprecated-version');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});

suite('settings and other extensions', () => {
  const route = fileAt('shop/route.yaml');

  test('a severity in the settings holds at once', async () => {
    const rules = (value: object | undefined): Thenable<void> =>
      vscode.workspace.getConfiguration('meshwright').update('rules', value, vscode.ConfigurationTarget.Workspace);
    await untilReported(route, 'istio/unknown-subset');
    await rules({ 'istio/unknown-subset': 'off' });
    await untilGone(route, 'istio/unknown-subset');
    await rules({ 'istio/unknown-subset': 'info' });
    const found = await untilReported(route, 'istio/unknown-subset');
    assert.equal(found.severity, vscode.DiagnosticSeverity.Information);
    await rules(undefined);
    await until('an error again', () => diagnosticsOf(route).find((it) => it.severity === vscode.DiagnosticSeverity.Error));
  });

  test('what the YAML extension says against a schema is not said again', async () => {
    const document = await open('shop/route.yaml');
    await replace(document, 'http:', 'htpp:');
    const ours = await untilReported(document.uri, 'schema/unknown-field', 'htpp');
    // Stands for that extension.
    const theirs = vscode.languages.createDiagnosticCollection('yaml');
    const said = new vscode.Diagnostic(ours.range, 'Property htpp is not allowed.');
    said.source = 'yaml-schema: VirtualService';
    theirs.set(document.uri, [said]);
    await untilGone(document.uri, 'schema/unknown-field');
    theirs.dispose();
    await untilReported(document.uri, 'schema/unknown-field', 'htpp');
    await revert(document);
    await untilGone(document.uri, 'schema/unknown-field');
  });
});

const routeOfOldVersion = `apiVersion: networking.istio.io/v1alpha3
kind: VirtualService
metadata: { name: old, namespace: shop }
spec:
  hosts: [checkout.example.com]
  http:
    - route:
        - destination: { host: checkout }
`;

/** Process of the language server that this extension host started. */
function serverProcess(): number | undefined {
  const stat = (id: string): string => readFileSync(`/proc/${id}/stat`, 'utf8');
  return readdirSync('/proc')
    .filter((it) => /^\d+$/.test(it))
    .flatMap((id) => {
      try {
        const parent = Number(
          stat(id)
            .replace(/^.*\) /s, '')
            .split(' ')[1],
        );
        return parent === process.pid && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('server.js') ? [Number(id)] : [];
      } catch {
        // It ended while we looked.
        return [];
      }
    })[0];
}
