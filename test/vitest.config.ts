import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    include: ['server/src/**/*.test.ts', 'client/src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'test/in-host/**', 'test/e2e/**'],
    environment: 'node',
    // Programs that tests start keep nothing among the files of whoever runs them.
    env: { XDG_CACHE_HOME: fileURLToPath(new URL('../out/caches', import.meta.url)) },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Modules keep no state between tests, and loading them anew for each of hundreds of files takes most of the time.
    isolate: false,
    // Two cores are shared by everything that runs here.
    maxWorkers: 2,
  },
});
