import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { buildServer } from '../lsp/build.js';
import { USERS } from './layouts.js';
import { measure } from './measure.js';
import { shopOf } from './shop.js';
import { wholeProcess } from './whole.js';

test('an edit costs what it changes, not what the workspace holds', () => {
  measure(12, 3); // The first run compiles.
  const { cold, edits, left } = measure(96, 12);
  expect(left, 'errors and warnings in a clean repository').toBe(0);
  for (const { name, p50 } of edits) {
    // The real ratio is far higher; this bound holds on a machine that is busy with other things.
    expect(cold / p50, name).toBeGreaterThan(4);
  }
});

test('only files that an edit concerns are told as changed', () => {
  const { edits } = measure(48, 4);
  const changed = Object.fromEntries(edits.map((it) => [it.name, it.changedFiles]));
  expect(changed['a character in a comment']).toBe(1);
  expect(changed['the name of a Service']).toBeLessThan(8);
});

test('an edit in a very large file, or one that others lean on, tells those that it concerns', () => {
  const { edits, left } = measure(12, 1, true);
  const changed = Object.fromEntries(edits.map((it) => [it.name, it.changedFiles]));
  expect(left, 'errors and warnings in a clean repository').toBe(0);
  expect(changed[`a subset that ${USERS} files name`]).toBe(USERS + 1);
  expect(changed['in a foreign file of 2 MB']).toBe(1);
  expect(changed['in a file of 2 MB']).toBe(1);
});

test('a check is measured as a whole process, beside one that finds, reads and parses the same files', () => {
  buildServer();
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-bench-'));
  try {
    const shop = shopOf(3);
    shop.forEach(({ text }, i) => writeFileSync(path.join(folder, `${i}.yaml`), text));
    const { check, alone, files } = wholeProcess(folder, 1);
    expect(files).toBe(shop.length);
    expect([check, alone].every(Number.isFinite)).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
