import { expect, test } from 'vitest';
import { wildcardsOf } from './hosts.js';

test.each([
  ['a.b.c', ['*.b.c', '*.c', '*']],
  ['*.b.c', ['*.c', '*']],
  ['*.c', ['*']],
  ['a', ['*']],
  ['*', []],
])('%s is covered by wider hosts', (host, wildcards) => {
  expect(wildcardsOf(host)).toEqual(wildcards);
});
