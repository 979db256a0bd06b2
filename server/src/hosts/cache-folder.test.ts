import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { cacheFolder, makeFolder } from './cache-folder.js';

afterEach(() => void vi.unstubAllEnvs());

test('caches are where the user says', () => {
  const named = path.resolve('/somewhere/caches');
  vi.stubEnv('XDG_CACHE_HOME', named);
  expect(cacheFolder()).toBe(path.join(named, 'meshwright'));
});

describe.skipIf(process.platform === 'win32' || process.platform === 'darwin')('on Linux', () => {
  test('caches are in the home of the user who says nothing, or nothing absolute', () => {
    vi.stubEnv('HOME', '/home/ada');
    for (const named of ['', 'caches']) {
      vi.stubEnv('XDG_CACHE_HOME', named);
      expect(cacheFolder()).toBe(path.join('/home/ada', '.cache', 'meshwright'));
    }
  });

  test('a user without a home has no caches', () => {
    vi.stubEnv('XDG_CACHE_HOME', '');
    vi.stubEnv('HOME', '');
    expect(cacheFolder()).toBeUndefined();
  });

  test('a folder that no file system makes is given up', () => {
    expect(() => makeFolder('/proc/.cache/meshwright/code')).toThrow();
  });
});

test('folders are made for this user alone, those above them too, and once', () => {
  const root = mkdtempSync(path.join(tmpdir(), 'meshwright-'));
  const folder = path.join(root, 'caches', 'meshwright', 'code');
  makeFolder(folder);
  makeFolder(folder);
  expect(statSync(folder).isDirectory()).toBe(true);
  if (process.platform !== 'win32') expect(statSync(folder).mode & 0o077).toBe(0);
  rmSync(root, { recursive: true });
});
