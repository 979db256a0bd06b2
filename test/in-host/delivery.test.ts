import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  diagnosticsOf,
  fileAt,
  open,
  placeOf,
  replace,
  reported,
  revert,
  ruleOf,
  showFolders,
  until,
  untilGone,
  untilReported,
} from './editor.js';

suite('what is built before it is applied', () => {
  suiteSetup(() => showFolders('delivery'));
  suiteTeardown(() => showFolders('shop', 'bookings'));

  suite('a Kustomize overlay', () => {
    const base = fileAt('delivery/base/parcels.yaml');

    test('shows a mistake where its base has it, and which overlay it is in', async () => {
      const found = await untilReported(base, 'istio/port-not-on-service');
      const document = await open('delivery/base/parcels.yaml');
      assert.equal(document.getText(found.range), '9090');
      // The other overlay adds that port to the Service.
      assert.match(found.message, /^In scope "prod": "parcels\.parcels" has no port 9090/);
    });

    test('says nothing of its own files', async () => {
      await untilReported(base, 'istio/port-not-on-service');
      for (const path of ['base/kustomization.yaml', 'overlays/prod/kustomization.yaml', 'overlays/staging/ports.yaml'])
        assert.deepEqual(reported(fileAt(`delivery/${path}`)), [], path);
    });

    test('is compared with a revision, edits that are not saved included', async () => {
      const document = await open('delivery/base/parcels.yaml');
      await replace(document, 'name: parcels', 'name: packets');
      await vscode.commands.executeCommand('meshwright.compareWithRevision', 'HEAD');
      const page = comparison() ?? '';
      assert.match(page, /^# \d dangerous steps? since HEAD\n/);
      assert.ok(page.includes('meshwright/removed-but-used'), page);
      assert.match(page, /The way back: \[manifests to apply\]\(command:/);
      await vscode.commands.executeCommand('meshwright.openRollback', 'restore');
      const shown = vscode.window.activeTextEditor!.document.getText();
      assert.match(shown, /^---\napiVersion: v1\nkind: Service\nmetadata:\n {2}name: parcels\n/);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await revert(document);
    });

    test('is checked again when a patch changes', async () => {
      const patch = await open('delivery/overlays/staging/ports.yaml');
      await replace(patch, 'port: 9090', 'port: 9091');
      const found = await untilReported(base, 'istio/port-not-on-service', 'In scope "staging"');
      assert.match(found.message, /it has 8080 and 9091\./);
      await revert(patch);
      await until(
        'one report',
        () => (reported(base).length === 1 ? true : undefined),
        () => reported(base),
      );
    });
  });

  suite('a Helm chart', () => {
    const template = fileAt('delivery/chart/templates/tickets.yaml');

    test('shows a mistake in the literal part of a template, and nothing else there', async () => {
      const found = await untilReported(template, 'schema/unknown-field', 'timeuot');
      const document = await open('delivery/chart/templates/tickets.yaml');
      assert.equal(document.getText(found.range), 'timeuot');
      const shown = diagnosticsOf(template).filter((it) => it.severity <= vscode.DiagnosticSeverity.Warning);
      assert.deepEqual(shown.map(ruleOf), ['schema/unknown-field'], JSON.stringify(reported(template)));
    });

    test('repairs it without touching what is filled in', async () => {
      const document = await open('delivery/chart/templates/tickets.yaml');
      const before = document.getText();
      const [fix] = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        new vscode.Range(placeOf(document, 'timeuot'), placeOf(document, 'timeuot')),
        vscode.CodeActionKind.QuickFix.value,
        1,
      );
      assert.ok(fix?.edit, 'a fix');
      await vscode.workspace.applyEdit(fix.edit);
      assert.equal(document.getText(), before.replace('timeuot', 'timeout'));
      await untilGone(document.uri, 'schema/unknown-field');
      await revert(document);
    });
  });
});

function comparison(): string | undefined {
  return vscode.extensions.getExtension<{ comparison: () => string | undefined }>('meshwright.meshwright')!.exports.comparison();
}
