import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import * as vscode from 'vscode';
import { actionsAt, fileAt, open, revert, until, untilGone, untilReported } from './editor.js';

suite('what to do about a finding', () => {
  const settings = fileAt('notes/.meshwright.yaml');
  const baseline = fileAt('notes/.meshwright-baseline.json');
  let route: vscode.TextDocument;

  suiteSetup(async () => {
    route = await open('shop/route.yaml');
    await untilReported(route.uri, 'istio/unknown-subset');
  });
  teardown(async () => {
    await revert(route);
    for (const { fsPath } of [settings, baseline]) rmSync(fsPath, { force: true });
    await untilReported(route.uri, 'istio/unknown-subset');
  });

  test('"Explain" leads to a page with the evidence, what was looked up, and the rule', async () => {
    const { range } = await untilReported(route.uri, 'istio/unknown-subset');
    const explain = await actionTitled(range, /^Explain "istio\/unknown-subset"$/);
    assert.equal(explain.command?.command, 'meshwright.explainDiagnostic');
    await vscode.commands.executeCommand(explain.command.command, ...explain.command.arguments!);
    const text = explanation() ?? '';
    assert.match(text, /^# Subset "v3" of "checkout\.shop" is not defined\./);
    for (const heading of ['## Evidence', '## Looked up', '## Why error'])
      assert.ok(text.includes(`\n${heading}\n`), `${heading} in ${text}`);
    assert.match(text, /\[[^\]]*versions\.yaml:\d+\]\(file:\/\/[^)]*versions\.yaml#L\d+/);
    await untilExplained();
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  test('"Explain This Diagnostic" takes the one at the cursor', async () => {
    const { range } = await untilReported(route.uri, 'istio/unknown-subset');
    const editor = await vscode.window.showTextDocument(route);
    editor.selection = new vscode.Selection(range.start, range.start);
    await vscode.commands.executeCommand('meshwright.explainDiagnostic');
    await untilExplained();
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  for (const where of ['on this line', 'for this VirtualService']) {
    test(`"Ignore … ${where}" writes into the file, and the finding goes`, async () => {
      const { range } = await untilReported(route.uri, 'istio/unknown-subset');
      await apply(await actionTitled(range, new RegExp(`^Ignore "istio/unknown-subset" ${where}$`)));
      await untilGone(route.uri, 'istio/unknown-subset');
      assert.match(route.getText(), /meshwright[^\n]*istio\/unknown-subset/);
    });
  }

  test('"Ignore … in this workspace" writes into the settings file, and the finding goes once that is saved', async () => {
    const { range } = await untilReported(route.uri, 'istio/unknown-subset');
    await apply(await actionTitled(range, /^Ignore "istio\/unknown-subset" in this workspace/));
    const written = await vscode.workspace.openTextDocument(settings);
    assert.match(written.getText(), /^rules:\n {2}istio\/unknown-subset: off$/m);
    await written.save();
    await untilGone(route.uri, 'istio/unknown-subset');
  });

  test('a baseline takes what is found now as known, until it is removed', async () => {
    const elsewhere = fileAt('bookings/route.yaml');
    await untilReported(elsewhere, 'istio/unknown-host');
    await vscode.commands.executeCommand('meshwright.createBaseline');
    await untilGone(route.uri, 'istio/unknown-subset');
    await untilGone(elsewhere, 'istio/unknown-host');
    const known = readFileSync(baseline.fsPath, 'utf8');
    assert.ok(known.includes('istio/unknown-subset') && known.includes('istio/unknown-host'), known);
    assert.match(readFileSync(settings.fsPath, 'utf8'), /^baseline: \.meshwright-baseline\.json$/m);
    for (const { fsPath } of [settings, baseline]) rmSync(fsPath);
    await untilReported(route.uri, 'istio/unknown-subset');
    await untilReported(elsewhere, 'istio/unknown-host');
    assert.ok(!existsSync(baseline.fsPath));
  });

  /** The tab of the page. */
  const untilExplained = (): Promise<true> =>
    until(
      'the page',
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.label === 'Explain istio/unknown-subset' || undefined,
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.label,
    );

  async function actionTitled(range: vscode.Range, title: RegExp): Promise<vscode.CodeAction> {
    const actions = await actionsAt(route, range, vscode.CodeActionKind.QuickFix);
    const found = actions.find((it) => title.test(it.title));
    assert.ok(found, `${title} among ${JSON.stringify(actions.map((it) => it.title))}`);
    return found;
  }
});

function explanation(): string | undefined {
  return vscode.extensions.getExtension<{ explanation: () => string | undefined }>('meshwright.meshwright')!.exports.explanation();
}

async function apply({ edit }: vscode.CodeAction): Promise<void> {
  assert.ok(edit && (await vscode.workspace.applyEdit(edit)), 'an edit');
}
