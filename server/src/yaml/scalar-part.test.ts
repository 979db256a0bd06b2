import { expect, test } from 'vitest';
import { parseDocument } from './parse.js';
import { partOf } from './scalar-part.js';

function part(text: string, what: string): string {
  const node = parseDocument(text).root!.get('a')!;
  const start = node.text()!.indexOf(what);
  const range = partOf(node, start, start + what.length);
  return text.slice(range.start, range.end);
}

test('finds part of a value in what is written', () => {
  expect(part('a: x(?!y)z', '(?!')).toBe('(?!');
  expect(part("a: 'x''s (?!y)'", '(?!')).toBe('(?!');
  expect(part('a: "\\\\d(?!y)\\""', '(?!')).toBe('(?!');
  expect(part('a: "\\\\d++"', '\\d')).toBe('\\\\d');
});

test('takes the whole value where escapes hide its parts', () => {
  expect(part('a: "\\x41(?!y)"', '(?!')).toBe('"\\x41(?!y)"');
  expect(part('a: x\n  (?!y)', '(?!')).toBe('x\n  (?!y)');
});
