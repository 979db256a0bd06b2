import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Settings } from '../server/src/index/settings.js';
import { LineIndex } from '../server/src/text/line-index.js';
import { toJson } from '../server/src/yaml/json.js';
import { parseDocument } from '../server/src/yaml/parse.js';
import { analyzeWithSchemas } from './support/analyze.js';

const root = fileURLToPath(new URL('../examples/adoption-guide/', import.meta.url));

const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll(path.sep, '/'))
  .filter((name) => name.endsWith('.yaml') && name !== '.meshwright.yaml')
  .sort()
  .map((name) => ({ name, uri: `file:///shop/${name}`, text: readFileSync(path.join(root, name), 'utf8') }));
const settings = toJson(parseDocument(readFileSync(path.join(root, '.meshwright.yaml'), 'utf8')).root!) as Settings;

/** Where a comment `# mistake: RULE at "TEXT"` says that a mistake is: at the next TEXT outside a comment. */
const mistakes = files.flatMap(({ name, text }) => {
  const lines = new LineIndex(text);
  return [...text.matchAll(/# mistake: (\S+) at "(.+?)"/g)].map((label) => {
    let at = label.index + label[0].length;
    do at = text.indexOf(label[2]!, at + 1);
    while (at >= 0 && lines.lineText(lines.positionAt(at).line).trimStart().startsWith('#'));
    if (at < 0) throw new Error(`${name}: there is no "${label[2]!}" below its label`);
    return `${name}:${lines.positionAt(at).line + 1}:${lines.positionAt(at).character + 1} ${label[1]!}`;
  });
});

test('the sample shop has each labelled mistake, and no other error or warning', () => {
  const labelled = new Set(mistakes.map((it) => it.split(' ')[1]));
  const { diagnostics } = analyzeWithSchemas(files, settings);
  const found = diagnostics
    .filter((it) => labelled.has(it.rule) || it.severity === 'error' || it.severity === 'warning')
    .map((it) => {
      const file = files.find((file) => file.uri === it.uri)!;
      const { line, character } = new LineIndex(file.text).positionAt(it.range.start);
      return `${file.name}:${line + 1}:${character + 1} ${it.rule}`;
    });
  expect(found.sort()).toEqual([...mistakes].sort());
});

test('the first problem stands where the documentation says', () => {
  expect(mistakes).toContain('shop/checkout.yaml:14:17 istio/unknown-subset');
});

test('the README of the sample lists each mistake with its line', () => {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
  const rows = [...readme.matchAll(/^\| \[(\S+):(\d+)\]\((\S+)#L(\d+)\) \| `(\S+)` \|/gm)].map((row) => {
    expect([row[3], row[4]], 'link of the row').toEqual([row[1], row[2]]);
    return `${row[1]!}:${row[2]!} ${row[5]!}`;
  });
  expect(rows.sort()).toEqual(mistakes.map((it) => it.replace(/:\d+ /, ' ')).sort());
});
