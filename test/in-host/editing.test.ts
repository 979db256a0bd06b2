import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  actionsAt,
  diagnosticsOf,
  fileAt,
  open,
  placeOf,
  replace,
  reported,
  revert,
  ruleOf,
  until,
  untilGone,
  untilReported,
} from './editor.js';

suite('editing a manifest', () => {
  let route: vscode.TextDocument;

  suiteSetup(async () => {
    route = await open('shop/route.yaml');
    await untilReported(route.uri, 'istio/unknown-subset');
  });
  teardown(() => revert(route));

  test('a subset that nobody defines is reported on its value, with the evidence', async () => {
    const found = await untilReported(route.uri, 'istio/unknown-subset');
    assert.equal(route.getText(found.range), 'v3');
    assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
    assert.match(found.message, /^Subset "v3" of "checkout\.shop" is not defined\./);
    const related = found.relatedInformation ?? [];
    assert.deepEqual(
      related.map((it) => it.location.uri.path.split('/').slice(-2).join('/')),
      ['shop/versions.yaml'],
    );
  });

  test('nothing else is wrong in the workspace of this suite', async () => {
    await untilReported(fileAt('bookings/route.yaml'), 'istio/unknown-host');
    const all = vscode.languages
      .getDiagnostics()
      .flatMap(([uri]) => diagnosticsOf(uri).map((it) => `${vscode.workspace.asRelativePath(uri, true)} ${ruleOf(it)}`));
    assert.deepEqual(all.sort(), ['bookings/route.yaml istio/unknown-host', 'shop/route.yaml istio/unknown-subset']);
  });

  test('hover on a host tells what it resolves to', async () => {
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      route.uri,
      placeOf(route, 'host: checkout').translate(0, 4),
    );
    const text = hovers.flatMap((it) => it.contents.map((content) => (typeof content === 'string' ? content : content.value))).join('\n');
    assert.match(text, /Service/);
    assert.match(text, /checkout\.yaml/);
  });

  test('completion after "subset:" offers the subsets of that host', async () => {
    await replace(route, 'subset: v3', 'subset: ');
    const offset = route.getText().indexOf('subset: ') + 'subset: '.length;
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      route.uri,
      route.positionAt(offset),
    );
    const labels = list.items.map((it) => (typeof it.label === 'string' ? it.label : it.label.label));
    assert.ok(labels.includes('v1') && labels.includes('v2'), `v1 and v2 among ${JSON.stringify(labels)}`);
  });

  test('the quick fix writes a subset that exists, and the report goes', async () => {
    const problem = await untilReported(route.uri, 'istio/unknown-subset');
    const actions = await actionsAt(route, problem.range, vscode.CodeActionKind.QuickFix);
    const fix = actions.find((it) => /^Change to "v[12]"$/.test(it.title));
    assert.ok(fix?.edit, `a fix among ${JSON.stringify(actions.map((it) => it.title))}`);
    await vscode.workspace.applyEdit(fix.edit);
    await untilGone(route.uri, 'istio/unknown-subset');
    await revert(route);
    await untilReported(route.uri, 'istio/unknown-subset');
  });

  test('traffic of a route is split between the version it goes to and the next one', async () => {
    const text = route
      .getText()
      .replace(/ {8}- destination:\n {12}host: checkout\n {12}subset: v3\n {10}weight: 10\n/, '')
      .replace('weight: 90', 'weight: 100');
    await replace(route, route.getText(), text);
    await untilGone(route.uri, 'istio/unknown-subset');
    const at = placeOf(route, 'subset: v1');
    const actions = await actionsAt(route, new vscode.Range(at, at), vscode.CodeActionKind.Refactor);
    const split = actions.find((it) => /^Split: send \d+ % of this route to subset "v2"$/.test(it.title));
    assert.ok(split?.edit, `a split among ${JSON.stringify(actions.map((it) => it.title))}`);
    await vscode.workspace.applyEdit(split.edit);
    assert.match(
      route.getText(),
      /subset: v1\n {10}weight: (\d+)\n {8}- destination:\n {12}host: checkout\n {12}subset: v2\n {10}weight: (\d+)\n$/,
    );
    const weights = [...route.getText().matchAll(/weight: (\d+)/g)].map((it) => Number(it[1]));
    assert.equal(weights[0]! + weights[1]!, 100);
    assert.deepEqual(diagnosticsOf(route.uri).map(ruleOf), []);
  });

  test('typing a wrong host is reported, and taking it back clears the report', async () => {
    await replace(route, 'host: checkout', 'host: chekout');
    await untilReported(route.uri, 'istio/unknown-host', 'chekout');
    await revert(route);
    await untilGone(route.uri, 'istio/unknown-host');
  });

  test('renaming a subset changes the file that defines it and the file that routes to it', async () => {
    const where = placeOf(route, 'subset: v1').translate(0, 4);
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit>(
      'vscode.executeDocumentRenameProvider',
      route.uri,
      where,
      'stable',
    );
    const files = edit.entries().map(([uri, edits]) => `${vscode.workspace.asRelativePath(uri, true)} ${edits.length}`);
    assert.deepEqual(files.sort(), ['shop/route.yaml 1', 'shop/versions.yaml 1']);
  });

  test('go to definition leads from a subset to its DestinationRule, references lead back', async () => {
    const where = placeOf(route, 'subset: v1').translate(0, 4);
    const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      route.uri,
      where,
    );
    const targets = found.map((it) => ('targetUri' in it ? it.targetUri : it.uri));
    assert.deepEqual(targets.map(String), [String(fileAt('shop/versions.yaml'))]);
    const versions = await vscode.workspace.openTextDocument(fileAt('shop/versions.yaml'));
    const references = await vscode.commands.executeCommand<vscode.Location[]>(
      'vscode.executeReferenceProvider',
      versions.uri,
      placeOf(versions, 'name: v1').translate(0, 3),
    );
    assert.ok(
      references.some((it) => String(it.uri) === String(route.uri)),
      JSON.stringify(references),
    );
  });

  test('the outline and the workspace symbols know resources by name', async () => {
    const outline = await vscode.commands.executeCommand<(vscode.DocumentSymbol | vscode.SymbolInformation)[]>(
      'vscode.executeDocumentSymbolProvider',
      route.uri,
    );
    assert.ok(
      outline.some((it) => it.name === 'VirtualService checkout'),
      JSON.stringify(outline.map((it) => it.name)),
    );
    const symbols = await vscode.commands.executeCommand<vscode.SymbolInformation[]>(
      'vscode.executeWorkspaceSymbolProvider',
      'checkout-v2',
    );
    assert.ok(
      symbols.some((it) => it.name.includes('checkout-v2')),
      JSON.stringify(symbols.map((it) => it.name)),
    );
  });

  test('a document after a broken one still works', async () => {
    await replace(route, 'apiVersion', 'kind: [\n---\napiVersion');
    await until(
      'a report after the broken document',
      () => diagnosticsOf(route.uri).find((it) => ruleOf(it) === 'istio/unknown-subset' && it.range.start.line === 13),
      () => reported(route.uri),
    );
  });
});
