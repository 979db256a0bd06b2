// A real VS Code for the tests and for `npm start`: code-server, which is VS Code's own server and browser workbench.
// The extension runs in it as on a desktop: in a Node extension host, on real files. See test/editor/package.json.
import { createHash } from 'node:crypto';
import { execFileSync, spawn } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { at, cacheFolder, npm } from './setup.mjs';

const pinned = ['package.json', 'package-lock.json', '.npmrc', 'logger.cjs'];
const vscodeFolder = (editor) => path.join(editor, 'node_modules', 'code-server', 'lib', 'vscode');

/** Folder of the installed editor. The first call installs it from the npm registry, which takes half a minute. */
export function ensureEditor() {
  const hash = createHash('sha256');
  for (const name of pinned) hash.update(readFileSync(at('test/editor', name)));
  hash.update(trim.toString());
  const editor = path.join(cacheFolder(), `editor-${hash.digest('hex').slice(0, 12)}`);
  if (existsSync(editor)) return editor;

  console.log(`installing VS Code for tests and demo into ${path.dirname(editor)}, once`);
  mkdirSync(cacheFolder(), { recursive: true });
  // Under another name until it is whole: a run may be interrupted, and two may start at once.
  const unfinished = mkdtempSync(path.join(cacheFolder(), 'installing-'));
  try {
    for (const name of pinned) copyFileSync(at('test/editor', name), path.join(unfinished, name));
    npm(unfinished, ['ci']);
    // VS Code's own packages. `npm ci` would not do: what is published leaves one out of its lock.
    npm(vscodeFolder(unfinished), ['install', '--omit=dev']);
    trim(unfinished);
    renameSync(unfinished, editor);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(editor)) throw error;
  }
  return editor;
}

/** Takes away what nobody here uses, half of the size, and puts our logger in place of the one that would need a compiler. */
function trim(editor) {
  const vscode = vscodeFolder(editor);
  const ours = `${process.platform}-${process.arch}`;
  const foreign = ['node_modules/@vscode/ripgrep-universal/bin', 'node_modules/node-pty/prebuilds'].flatMap((folder) =>
    existsSync(path.join(vscode, folder))
      ? readdirSync(path.join(vscode, folder)).flatMap((it) => (it === ours ? [] : [`${folder}/${it}`]))
      : [],
  );
  const unused = ['extensions/copilot', 'extensions/mermaid-markdown-features', 'node_modules/@github', 'node_modules/@microsoft/mxc-sdk'];
  for (const it of [...foreign, ...unused]) rmSync(path.join(vscode, it), { recursive: true, force: true });
  cpSync(at('test/editor/logger.cjs'), path.join(vscode, 'node_modules/@vscode/spdlog/index.js'));
}

/** The version of VS Code that an installed editor is. @param {string} editor */
export function versionOf(editor) {
  return JSON.parse(readFileSync(path.join(vscodeFolder(editor), 'package.json'), 'utf8')).version;
}

/** The Node that the editor needs: it came with the editor, unless this one will do. */
function nodeOf(editor) {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const own = path.join(editor, 'node_modules', `node-${system}-${process.arch}`, 'bin', name);
  if (existsSync(own)) return own;
  if (process.versions.node.startsWith('24.')) return process.execPath;
  throw new Error(`the editor runs on Node 24 and this is ${process.version}: run this command with Node 24`);
}

/** Nothing that asks, tells or moves: what is seen is the editor and Meshwright. */
const quietSettings = {
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  // As on a desktop; in a browser VS Code saves by itself.
  'files.autoSave': 'off',
  'git.openRepositoryInParentFolders': 'never',
  'json.schemaDownload.enable': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'window.autoDetectColorScheme': true,
  'workbench.editor.enablePreview': false,
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/** Editors that run now, and the data of all; neither outlives this process. @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
/** @type {Set<string>} */
const dataFolders = new Set();
process.on('exit', () => {
  for (const child of running) kill(child, 'SIGKILL');
  for (const folder of dataFolders) remove(folder);
});

/**
 * Starts the editor on this machine only, with user data that is thrown away in the end.
 *
 * @param {object} options
 * @param {readonly string[]} [options.vsix] extensions to install first
 * @param {boolean} [options.testing] lets a page load an extension from a folder and run a suite in its host
 * @param {Record<string, unknown>} [options.settings] user settings besides the quiet ones
 * @param {Record<string, string>} [options.env] environment of the extension host
 * @param {number} [options.port] 0: a free one
 */
export async function startEditor({ vsix = [], testing = false, settings = {}, env = {}, port = 0 } = {}) {
  const editor = ensureEditor();
  const data = mkdtempSync(path.join(os.tmpdir(), 'meshwright-editor-'));
  dataFolders.add(data);
  mkdirSync(path.join(data, 'user', 'User'), { recursive: true });
  writeFileSync(path.join(data, 'user', 'User', 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }));
  writeFileSync(path.join(data, 'config.yaml'), 'auth: none\n');
  const program = [
    path.join(editor, 'node_modules/code-server/out/node/entry.js'),
    ...['--config', path.join(data, 'config.yaml')],
    ...['--user-data-dir', path.join(data, 'user')],
    ...['--extensions-dir', path.join(data, 'extensions')],
  ];
  // A home of its own, and no marketplace.
  const homes = Object.fromEntries(
    ['HOME', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_RUNTIME_DIR'].map((name) => [name, data]),
  );
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|CODE_SERVER_|ELECTRON_|npm_|PASSWORD$|PORT$)/.test(name));
  const environment = { ...Object.fromEntries(inherited), ...homes, EXTENSIONS_GALLERY: '{}', ...env };

  for (const file of vsix) {
    execFileSync(nodeOf(editor), [...program, '--install-extension', file, '--force'], {
      env: environment,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  const child = spawn(
    nodeOf(editor),
    [
      ...program,
      ...[
        '--bind-addr',
        `127.0.0.1:${port}`,
        '--auth',
        'none',
        '--disable-telemetry',
        '--disable-update-check',
        '--disable-workspace-trust',
      ],
      ...['--disable-getting-started-override', '--disable-proxy', '--ignore-last-opened'],
      // A page that was closed would else keep its extension host for three hours.
      ...['--reconnection-grace-time', '10'],
      ...(testing ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ],
    // A group of its own, so that it can be ended with all it started.
    { env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' },
  );
  running.add(child);
  let output = '';
  const url = await new Promise((resolve, reject) => {
    const hear = (chunk) => {
      output += chunk;
      const told = /HTTP server listening on (http:\/\/[\d.]+:\d+)/.exec(output);
      if (told !== null) resolve(told[1]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the editor ended with ${code}:\n${output}`)));
  });

  return {
    url,
    version: versionOf(editor),
    /** All that the editor said so far. */
    output: () => output,
    /** Address of a page on a folder or a .code-workspace file. @param {string} workspace @param {readonly (readonly [string, string])[]} [payload] */
    page: (workspace, payload = []) => {
      const query = new URLSearchParams({ [workspace.endsWith('.code-workspace') ? 'workspace' : 'folder']: path.resolve(workspace) });
      if (payload.length > 0) query.set('payload', JSON.stringify(payload));
      return `${url}/?${query}`;
    },
    /** A path of this machine as a page names it. @param {string} file */
    remote: (file) => `vscode-remote://${new URL(url).host}${path.resolve(file)}`,
    stop: async () => {
      const ended = new Promise((resolve) =>
        child.exitCode === null && child.signalCode === null ? child.once('exit', resolve) : resolve(undefined),
      );
      kill(child, 'SIGTERM');
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 5000).unref())]);
      kill(child, 'SIGKILL');
      running.delete(child);
      remove(data);
      dataFolders.delete(data);
    },
  };
}

/** Processes that were ended may still write for a moment. */
function remove(folder) {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

function kill(child, signal) {
  try {
    if (process.platform === 'win32') execFileSync('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended already.
  }
}
