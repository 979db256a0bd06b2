import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseArguments } from '../server/src/hosts/cli/arguments.js';
import { parseDocument } from '../server/src/yaml/parse.js';
import { splitDocuments } from '../server/src/yaml/split.js';

const folder = fileURLToPath(new URL('../examples/ci/', import.meta.url));
const files = [
  ...readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name), 'utf8')] as const),
  ['.pre-commit-hooks.yaml', readFileSync(path.join(folder, '../../.pre-commit-hooks.yaml'), 'utf8')] as const,
];

/** What pipelines fill in, as one of the values it may have. */
function filled(line: string): string {
  return line
    .replace(/\$\{SINCE:\+--since "\$SINCE"\}/, '--since main')
    .replace(/"?\$(?:FAIL_ON|\[\[ inputs\.fail-on \]\])"?/, 'error')
    .replace(/\$(?:PATHS|\[\[ inputs\.paths \]\])/, 'deploy');
}

test.each(files)('%s runs commands that there are', (_, text) => {
  const lines = [...text.matchAll(/^(?!\s*#).*?\bmeshwright (check\b[^>|\n]*)/gm)].map((it) => it[1]!.trim());
  expect(lines).not.toEqual([]);
  for (const line of lines) expect(parseArguments(filled(line).split(' ')), line).toHaveProperty('ok');
});

test.each(files.filter(([name]) => /\.ya?ml$/.test(name)))('%s is YAML', (_, text) => {
  for (const document of splitDocuments(text)) expect(parseDocument(document.text).problems).toEqual([]);
});
