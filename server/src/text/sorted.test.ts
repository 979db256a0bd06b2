import { expect, test } from 'vitest';
import { placeIn } from './sorted.js';

test('a text is placed before its like and behind what is smaller', () => {
  const sorted = ['a', 'b/one', 'b/two', 'c'];
  expect(['', 'a', 'b/', 'b/two', 'b/\uffff', 'd'].map((it) => placeIn(sorted, it))).toEqual([0, 0, 1, 2, 3, 4]);
  expect(placeIn([], 'a')).toBe(0);
});
