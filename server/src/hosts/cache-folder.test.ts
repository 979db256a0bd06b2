import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { cacheFolder } from './cache-folder.js';

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
});
