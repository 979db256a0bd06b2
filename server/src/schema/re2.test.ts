import { expect, test } from 'vitest';
import { complaintOfRe2 } from './re2.js';

/** A complaint with the part of the pattern that it is about. */
function complaint(pattern: string): string | undefined {
  const found = complaintOfRe2(pattern);
  return found && `${pattern.slice(found.start, found.end)}: ${found.what}`;
}

const READ = [
  '/api/v[0-9]+(/.*)?',
  '(?i)^abc$',
  '(?s).*',
  '(?P<name>a)(?<other>b)',
  '\\Q(?=\\E',
  '\\pL\\p{Greek}\\PN',
  '[[:alpha:]]\\z',
  'a{1000}',
  'a+?b??',
  '[(?=]',
  '\\(?=a',
  '[^]]+',
  '\\++',
  '\\x{10FFFF}',
];

test.each(READ)('reads %s', (pattern) => {
  expect(complaint(pattern)).toBeUndefined();
});

const REFUSED: readonly (readonly [pattern: string, complaint: string])[] = [
  ['/(?!admin).*', '(?!: it has no look-ahead'],
  ['[(?!]\\(?=(?=a)', '(?=: it has no look-ahead'],
  ['(?<=a)b', '(?<=: it has no look-behind'],
  ['x(?<!a)b', '(?<!: it has no look-behind'],
  ['(?>a)', '(?>: it has no atomic groups'],
  ['a(?#why)', '(?#: it has no comments'],
  ['(a)\\1', '\\1: it has no backreferences'],
  ['\\\\1(a)\\2', '\\2: it has no backreferences'],
  ['(?<n>a)\\k<n>', '\\k: it has no backreferences'],
  ['(?P<n>a)(?P=n)', '(?P=: it has no backreferences'],
  ['a++', '++: it has no possessive quantifiers'],
  ['\\++b?+', '?+: it has no possessive quantifiers'],
  ['x**', '**: a repetition cannot be repeated'],
  ['*', '*: there is nothing to repeat'],
  ['a|*b', '*: there is nothing to repeat'],
  ['a{1001}', '{1001}: it repeats at most 1000 times'],
  ['a{2,1}', '{2,1}: this counts backwards'],
  ['a\\Z', '\\Z: it has no \\Z'],
  ['\\u0041', '\\u: it has no \\u'],
  ['[z-a]', 'z-a: this range runs backwards'],
  ['[[:foo:]]', '[:foo:]: it has no such class'],
  ['\\p{Foo}', '\\p{Foo}: it has no such class'],
  ['(a(b)', '(: this group has no end'],
  ['a)', '): this ends no group'],
  ['[a', '[: this class has no end'],
  ['a\\', '\\: there is nothing behind the backslash'],
  ['(?P<n>a)(?P<n>b)', 'n: this name is taken'],
  ['(?R)', '(?R: it has no recursion'],
  ['(?x)a', '(?x: it has no such flag'],
];

test.each(REFUSED)('refuses %s', (pattern, expected) => {
  expect(complaint(pattern)).toBe(expected);
});

test('marks the group that has no end, and the one that ends nothing', () => {
  expect(complaintOfRe2('(a)(b')).toMatchObject({ start: 3, end: 4 });
  expect(complaintOfRe2('(a))')).toMatchObject({ start: 3, end: 4 });
});
