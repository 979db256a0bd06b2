// Runs the suite of test/in-host in desktop VS Code, which is downloaded: npm run test:desktop [-- VERSION]
import path from 'node:path';
import { ensurePackages, root } from './setup.mjs';

ensurePackages();
const { runTests } = await import('@vscode/test-electron');
const { buildSuite, prepareWorkspace, report } = await import('./in-host.mjs');
await import('./build.mjs');

const version = process.argv[2] ?? 'stable';
const { workspace, results, remove } = prepareWorkspace();
let isGood = false;
try {
  await runTests({
    version,
    extensionDevelopmentPath: root,
    extensionTestsPath: await buildSuite(),
    extensionTestsEnv: { MESHWRIGHT_TEST_RESULTS: results, XDG_CACHE_HOME: path.join(path.dirname(results), 'caches') },
    launchArgs: [
      workspace,
      '--disable-extensions',
      '--disable-workspace-trust',
      '--skip-welcome',
      '--skip-release-notes',
      '--user-data-dir',
      path.join(path.dirname(results), 'user'),
      // Desktop VS Code does not run as root otherwise.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  isGood = report(results);
} catch (error) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOTFOUND' || code === 'ECONNREFUSED' || code === 'EAI_AGAIN') {
    console.error('desktop VS Code cannot be downloaded from here; the same suite runs in `npm test`, in VS Code in a browser');
  } else {
    console.error(error instanceof Error ? error.message : error);
    report(results);
  }
} finally {
  remove();
}
process.exit(isGood ? 0 : 1);
