import { expect, test } from 'vitest';
import { restartLimit } from './restart-limit.js';

test('the third end within the window is the last', () => {
  const mayRestart = restartLimit(3, 1000);
  expect([mayRestart(0), mayRestart(500), mayRestart(999)]).toEqual([true, true, false]);
});

test('ends long ago do not count', () => {
  const mayRestart = restartLimit(3, 1000);
  expect([mayRestart(0), mayRestart(500), mayRestart(1000), mayRestart(1600)]).toEqual([true, true, true, true]);
});

test('a restart by hand begins a new count', () => {
  const mayRestart = restartLimit(2, 1000);
  mayRestart(0);
  mayRestart.forget();
  expect(mayRestart(1)).toBe(true);
});
