import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { actionsAt, diagnosticsOf, fileAt, open, reported, ruleOf, showFolders, until } from './editor.js';

interface Mistake {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
}

suite('the sample workspaces', () => {
  const samples = fileAt('samples').fsPath;
  for (const name of readdirSync(samples)) {
    suite(name, () => {
      const mistakes = mistakesOf(readFileSync(`${samples}/${name}/README.md`, 'utf8'));

      suiteSetup(() => showFolders(`samples/${name}`));
      suiteTeardown(() => showFolders('shop', 'bookings'));

      test('shows each mistake of its README on its line', async () => {
        assert.notEqual(mistakes.length, 0);
        for (const mistake of mistakes) await untilShown(name, mistake);
      });

      test('explains each mistake where it is, and leads to the page of its rule', async () => {
        for (const mistake of mistakes) {
          const { found } = await untilShown(name, mistake);
          const { code } = found;
          const target = typeof code === 'object' ? decodeURIComponent(String(code?.target)) : '';
          assert.ok(target.includes(mistake.rule), `a link to the page of ${mistake.rule}: ${target}`);
          const document = await open(`samples/${name}/${mistake.file}`);
          const actions = await actionsAt(document, found.range, vscode.CodeActionKind.QuickFix);
          const titles = actions.map((it) => it.title);
          assert.ok(
            titles.some((it) => it.startsWith('Ignore')),
            `an action to ignore ${mistake.rule} among ${JSON.stringify(titles)}`,
          );
        }
      });

      test('tells of the fields and names around a mistake', async () => {
        const told = [];
        for (const mistake of mistakes) {
          const { uri, found } = await untilShown(name, mistake);
          await open(`samples/${name}/${mistake.file}`);
          const { start } = found.range;
          const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', uri, start);
          if (hovers.some((it) => it.contents.length > 0)) told.push(mistake);
        }
        assert.notEqual(told.length, 0, 'a hover at one of the mistakes');
      });
    });
  }
});

/** The rows of a sample's README: `| [file:line](…) | `rule` | …`. */
function mistakesOf(readme: string): readonly Mistake[] {
  return [...readme.matchAll(/^\| \[(\S+):(\d+)\]\(\S+\) \| `(\S+)` \|/gm)].map((row) => ({
    file: row[1]!,
    line: Number(row[2]),
    rule: row[3]!,
  }));
}

async function untilShown(sample: string, { file, line, rule }: Mistake): Promise<{ uri: vscode.Uri; found: vscode.Diagnostic }> {
  const uri = fileAt(`samples/${sample}/${file}`);
  const found = await until(
    `${rule} in line ${line} of ${file}`,
    () => diagnosticsOf(uri).find((it) => ruleOf(it) === rule && it.range.start.line === line - 1),
    () => reported(uri),
  );
  return { uri, found };
}
