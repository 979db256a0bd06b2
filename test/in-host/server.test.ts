import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { diagnosticsOf, fileAt, open, revert, until, untilReported } from './editor.js';

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

  test('fixes all safe problems of a file with one command, or says that there is none', async () => {
    const route = await open('shop/route.yaml');
    await vscode.commands.executeCommand('meshwright.fixAllInFile');
    await revert(route);
  });
});
