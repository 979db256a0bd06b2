import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { expandSnippet } from './support/snippet.js';
import { analyzeWithSchemas } from './support/analyze.js';

interface Snippet {
  readonly prefix: string | readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

const folder = fileURLToPath(new URL('../snippets/', import.meta.url));
const snippets = readdirSync(folder).flatMap((file) =>
  Object.entries(JSON.parse(readFileSync(folder + file, 'utf8')) as Record<string, Snippet>),
);

test('expanding takes defaults, first choices and mirrors', () => {
  expect(expandSnippet('a: ${1:x}, b: $1, c: ${2|p\\,q,r|}, d: ${3:${1:x}-y}, e: \\$1$0')).toBe('a: x, b: x, c: p,q, d: x-y, e: $1');
});

test.each(snippets)('snippet "%s" expands into documents that are clean', (_, { body }) => {
  const text = `${expandSnippet(body.join('\n'))}\n`;
  const { host, diagnostics } = analyzeWithSchemas([{ uri: 'file:///snippet.yaml', text }]);
  const slots = host.file('file:///snippet.yaml')!.slots;
  expect(
    slots.every((slot) => slot.document.resources.length === 1 && slot.document.resources[0]!.kind !== undefined),
    'every document is a kind that we read',
  ).toBe(true);
  expect(diagnostics.filter((it) => it.severity === 'error' || it.severity === 'warning')).toEqual([]);
});

describe('snippets can be told apart', () => {
  test('by prefix', () => {
    const prefixes = snippets.flatMap(([, { prefix }]) => prefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
  });

  test('by description', () => {
    expect(snippets.filter(([, { description }]) => description.length < 20 || description.endsWith('.'))).toEqual([]);
  });
});
