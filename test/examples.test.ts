import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Settings } from '../server/src/index/settings.js';
import { LineIndex } from '../server/src/text/line-index.js';
import { toJson } from '../server/src/yaml/json.js';
import { parseDocument } from '../server/src/yaml/parse.js';
import { analyzeWithSchemas } from './support/analyze.js';

const examples = fileURLToPath(new URL('../examples/', import.meta.url));

/** Sample workspaces: a folder each, with settings, labelled mistakes and a README that lists them. Files for CI are none. */
const samples = readdirSync(examples)
  .filter((it) => it !== 'ci')
  .map((name) => readSample(name));

function readSample(name: string) {
  const root = path.join(examples, name);
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll(path.sep, '/'))
    .filter((file) => file.endsWith('.yaml') && file !== '.meshwright.yaml')
    .sort()
    .map((file) => ({ name: file, uri: `file:///shop/${file}`, text: readFileSync(path.join(root, file), 'utf8') }));
  const settings = toJson(parseDocument(readFileSync(path.join(root, '.meshwright.yaml'), 'utf8')).root!) as Settings;
  return { name, root, files, settings, mistakes: files.flatMap(mistakesIn) };
}

/** Where a comment `# mistake: RULE at "TEXT"` says that a mistake is: at the next TEXT outside a comment. */
function mistakesIn({ name, text }: { readonly name: string; readonly text: string }): readonly string[] {
  const lines = new LineIndex(text);
  return [...text.matchAll(/# mistake: (\S+) at "(.+?)"/g)].map((label) => {
    let at = label.index + label[0].length;
    do at = text.indexOf(label[2]!, at + 1);
    while (at >= 0 && lines.lineText(lines.positionAt(at).line).trimStart().startsWith('#'));
    if (at < 0) throw new Error(`${name}: there is no "${label[2]!}" below its label`);
    return `${name}:${lines.positionAt(at).line + 1}:${lines.positionAt(at).character + 1} ${label[1]!}`;
  });
}

describe.each(samples)('the sample $name', ({ root, files, settings, mistakes }) => {
  test('has each labelled mistake, and no other error or warning', () => {
    const labelled = new Set(mistakes.map((it) => it.split(' ')[1]));
    const { diagnostics } = analyzeWithSchemas(files, settings);
    const found = diagnostics
      .filter((it) => labelled.has(it.rule) || it.severity === 'error' || it.severity === 'warning')
      .map((it) => {
        const file = files.find((file) => file.uri === it.uri)!;
        const { line, character } = new LineIndex(file.text).positionAt(it.range.start);
        return `${file.name}:${line + 1}:${character + 1} ${it.rule}`;
      });
    expect(mistakes).not.toEqual([]);
    expect(found.sort()).toEqual([...mistakes].sort());
  });

  test('has a README that lists each mistake with its line', () => {
    const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
    const rows = [...readme.matchAll(/^\| \[(\S+):(\d+)\]\((\S+)#L(\d+)\) \| `(\S+)` \|/gm)].map((row) => {
      expect([row[3], row[4]], 'link of the row').toEqual([row[1], row[2]]);
      return `${row[1]!}:${row[2]!} ${row[5]!}`;
    });
    expect(rows.sort()).toEqual(mistakes.map((it) => it.replace(/:\d+ /, ' ')).sort());
  });
});

test('the first problem stands where the documentation says', () => {
  expect(samples.find((it) => it.name === 'adoption-guide')?.mistakes).toContain('shop/checkout.yaml:14:17 istio/unknown-subset');
});
