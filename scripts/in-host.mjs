// Runs the suite of test/in-host inside the extension host of the real editor, and says how each test went: node scripts/in-host.mjs [WORDS]
// With words only the tests whose title holds them, as they stand.
import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openBrowser } from './browser.mjs';
import { startEditor } from './editor.mjs';
import { at, root } from './setup.mjs';

/** Bundles the suite. @returns {Promise<string>} the file whose `run` an extension host calls */
export async function buildSuite() {
  const outfile = at('out/in-host/index.cjs');
  await build({
    absWorkingDir: root,
    entryPoints: ['test/in-host/index.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return outfile;
}

/** A copy of the suite's workspace, which its tests write to; `file` is where the suite leaves its results. */
export function prepareWorkspace() {
  const parent = mkdtempSync(path.join(os.tmpdir(), 'meshwright-in-host-'));
  cpSync(at('test/in-host/workspace'), path.join(parent, 'workspace'), { recursive: true });
  for (const name of readdirSync(at('examples')))
    if (name !== 'ci') cpSync(at('examples', name), path.join(parent, 'workspace/samples', name), { recursive: true });
  // A history to compare with.
  const git = (...words) =>
    execFileSync('git', ['-C', path.join(parent, 'workspace'), '-c', 'commit.gpgsign=false', ...words], { stdio: 'ignore' });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '-qm', 'as it was');
  return {
    workspace: path.join(parent, 'workspace', 'mesh.code-workspace'),
    results: path.join(parent, 'results.json'),
    remove: () => rmSync(parent, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Prints the results that a suite left. @param {string} file @returns {boolean} whether all is well */
export function report(file) {
  if (!existsSync(file)) {
    console.log('the suite did not run');
    console.log('0 passed, 1 failed, 0 skipped');
    return false;
  }
  /** @type {{ title: string, state: 'passed' | 'failed' | 'skipped', time?: number, error?: string }[]} */
  const results = JSON.parse(readFileSync(file, 'utf8'));
  for (const { title, state, time, error } of results) {
    console.log(`${{ passed: 'ok', failed: 'NOT OK', skipped: 'skipped' }[state]}  ${title}${time === undefined ? '' : `  ${time} ms`}`);
    if (error !== undefined) console.log(error.replaceAll(/^/gm, '    '));
  }
  const count = (state) => results.filter((it) => it.state === state).length;
  console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
  return count('failed') === 0 && count('passed') > 0;
}

async function runInBrowserEditor(words) {
  const suite = await buildSuite();
  const { workspace, results, remove } = prepareWorkspace();
  const editor = await startEditor({
    testing: true,
    env: { MESHWRIGHT_TEST_RESULTS: results, ...(words === '' ? {} : { MESHWRIGHT_TEST_WORD: words }) },
  });
  const web = await openBrowser();
  try {
    const page = await web.context.newPage();
    /** @type {string[]} */
    const said = [];
    page.on('console', (message) => said.push(message.text()));
    const ended = new Promise((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
    await page.exposeFunction('codeAutomationLog', () => {});
    await page.goto(
      editor.page(workspace, [
        ['extensionDevelopmentPath', editor.remote(root)],
        ['extensionTestsPath', editor.remote(suite)],
        ['skipWelcome', 'true'],
      ]),
    );
    const isInTime = await Promise.race([
      ended.then(() => true),
      new Promise((resolve) => setTimeout(() => resolve(false), 180_000).unref()),
    ]);
    const hasResults = existsSync(results);
    if (!isInTime || !hasResults) {
      mkdirSync(at('test-results'), { recursive: true });
      await page.screenshot({ path: at('test-results/in-host-failed.png') });
      console.log(
        `${isInTime ? 'no results' : 'no end after 3 minutes'}\nthe page said:\n${said.join('\n')}\nthe editor said:\n${editor.output()}`,
      );
    }
    const isGood = report(results);
    if (web.blocked.length > 0) console.log(`asked for elsewhere: ${web.blocked.join(' ')}`);
    return isGood && isInTime && web.blocked.length === 0;
  } finally {
    await web.close();
    await editor.stop();
    remove();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // What was started goes with us.
  process.once('SIGTERM', () => process.exit(143));
  process.exit((await runInBrowserEditor(process.argv.slice(2).join(' '))) ? 0 : 1);
}
