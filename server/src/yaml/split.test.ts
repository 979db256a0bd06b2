import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHeader } from './header.js';
import { splitDocuments } from './split.js';

function texts(text: string): readonly string[] {
  return splitDocuments(text).map((it) => it.text);
}

test.each([
  ['', ['']],
  ['a: 1\n', ['a: 1\n']],
  ['---\na: 1\n---\nb: 1\n', ['---\na: 1\n', '---\nb: 1\n']],
  ['# c\n---\na: 1\n', ['# c\n---\na: 1\n']],
  ['a: 1\n...\n# d\nb: 1\n', ['a: 1\n...\n', '# d\nb: 1\n']],
  ['a: 1\n...\n# d\n', ['a: 1\n...\n# d\n']],
  ['%YAML 1.1\n---\na: 1\n', ['%YAML 1.1\n---\na: 1\n']],
  ['a: |\n  -----BEGIN\n-----BEGIN\n', ['a: |\n  -----BEGIN\n-----BEGIN\n']],
  ['---\r\na: 1\r\n---\r\nb: 1\r\n', ['---\r\na: 1\r\n', '---\r\nb: 1\r\n']],
  ['\ufeff---\na: 1\n---', ['\ufeff---\na: 1\n', '---']],
  ['a: "x\n---\nb: 1\n', ['a: "x\n', '---\nb: 1\n']],
])('%j is %j', (text, expected) => {
  expect(texts(text)).toEqual(expected);
});

test('the documents joined are the file', () => {
  const line = fc.constantFrom('---', '...', 'a: 1', '# c', '', '%YAML 1.2', '--- b', '----', '  ---');
  fc.assert(
    fc.property(fc.array(fc.tuple(line, fc.constantFrom('\n', '\r\n'))), (lines) => {
      const text = lines.flat().join('');
      const documents = splitDocuments(text);
      expect(documents.map((it) => it.text).join('')).toBe(text);
      for (const { start, text: part } of documents) expect(text.startsWith(part, start)).toBe(true);
    }),
  );
});

test.each([
  ['apiVersion: v1\nkind: Service\n', 'v1 Service'],
  ['# c\n---\nkind: "Service" # c\nmetadata:\n  kind: X\napiVersion: \'v1\'\n', 'v1 Service'],
  ['{"apiVersion": "v1", "metadata": {"kind": "X"}, "kind": "Service"}', 'v1 Service'],
  ['  kind: Service\n  apiVersion: v1\n', 'v1 Service'],
  ['{{- if .X }}\nkind: Service\napiVersion: v1\n{{ end }}', 'v1 Service'],
  ['kind: {{ .Kind }}\napiVersion: v1\n', 'v1 - opaque'],
  ['a: 1\n', '- -'],
])('the header of %j is %s', (text, expected) => {
  const { apiVersion, kind, opaque } = readHeader(text);
  expect(`${apiVersion ?? '-'} ${kind ?? '-'}${opaque ? ' opaque' : ''}`).toBe(expected);
});
