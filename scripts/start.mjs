// Opens a real editor with Meshwright, on a copy of examples/adoption-guide or on a folder as it is:
//   npm start [-- FOLDER] [-- --browser] [-- --no-open]
// FOLDER may be the name of another sample: kuma is a copy of examples/kuma.
// Desktop VS Code where there is one; else, or with --browser, VS Code in a browser. --no-open only prints the address.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { at, ensurePackages, root } from './setup.mjs';

const { positionals, values } = readArguments();
const [name] = positionals;
const folderGiven = name === undefined ? undefined : path.resolve(process.env.INIT_CWD ?? '.', name);
const isSample = folderGiven === undefined || (!existsSync(folderGiven) && /^[\w-]+$/.test(name) && existsSync(at(`examples/${name}`)));
const sample = `examples/${folderGiven !== undefined && isSample ? name : 'adoption-guide'}`;
const given = isSample ? undefined : folderGiven;
if (given !== undefined && !existsSync(given)) fail(`no folder "${name}", and no sample of that name`);

/** What is left to do when this ends, last first. @type {(() => unknown)[]} */
const endings = [];
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void end());

ensurePackages();
const folder = given ?? copyOfSample();
const desktop = values.browser ? undefined : findDesktop();
if (desktop === undefined) await startBrowserEditor();
else startDesktop(desktop);

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: { browser: { type: 'boolean' }, 'no-open': { type: 'boolean' } } });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/** Playing with the sample leaves the clone as it is. */
function copyOfSample() {
  const parent = mkdtempSync(path.join(os.tmpdir(), 'meshwright-'));
  process.on('exit', () => rmSync(parent, { recursive: true, force: true, maxRetries: 5 }));
  const copy = path.join(parent, path.basename(sample));
  cpSync(at(sample), copy, { recursive: true });
  return copy;
}

/** Version of the desktop `code`, where it can show a window. */
function findDesktop() {
  const isRemoteTerminal = process.env.VSCODE_IPC_HOOK_CLI !== undefined;
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  // As root it asks for more than we would do to somebody's machine.
  if (isRemoteTerminal || !hasDisplay || process.getuid?.() === 0) return undefined;
  try {
    const [version] = execFileSync('code', ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      shell: process.platform === 'win32',
    }).split('\n');
    return /^\d+\.\d+/.exec(version)?.[0];
  } catch {
    return undefined;
  }
}

function startDesktop(version) {
  run('scripts/build.mjs');
  const first = firstProblem();
  const child = spawn(
    'code',
    [
      '--wait',
      '--new-window',
      `--extensionDevelopmentPath=${root}`,
      folder,
      ...(first === undefined ? [] : ['--goto', `${first.path}:${first.line}:${first.column}`]),
    ],
    { stdio: 'ignore', shell: process.platform === 'win32' },
  );
  child.on('error', (error) => fail(`desktop VS Code did not start (${error.message}); try npm start -- --browser`));
  child.on('exit', () => void end());
  tell(version, 'desktop VS Code, opening now');
}

async function startBrowserEditor() {
  const { vsixFile } = await import('./package.mjs');
  const { startEditor } = await import('./editor.mjs');
  run('scripts/package.mjs');
  const editor = await startEditor({ vsix: [vsixFile], settings: { 'workbench.editor.enablePreview': true } });
  endings.push(editor.stop);
  const first = firstProblem();
  const payload =
    first === undefined
      ? []
      : [
          ['openFile', `${editor.remote(first.path)}:${first.line}:${first.column}`],
          ['gotoLineMode', 'true'],
        ];
  // A short address for what is a long one.
  const door = createServer((_request, response) => response.writeHead(302, { location: editor.page(folder, payload) }).end());
  endings.push(() => door.close());
  const address = await listen(door, 8765).catch(() => listen(door, 0));
  tell(editor.version, address);
  if (!values['no-open']) openInBrowser(address);
}

function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`));
  });
}

function openInBrowser(address) {
  const hasDisplay = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform] ?? (hasDisplay ? 'xdg-open' : undefined);
  if (opener !== undefined)
    spawn(opener, [address], { stdio: 'ignore', detached: true })
      .on('error', () => {})
      .unref();
}

/** The subset that nobody defines, in the sample. */
function firstProblem() {
  const file = path.join(folder, 'shop', 'checkout.yaml');
  if (given !== undefined || !existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const line = lines.findIndex((it) => /^\s*subset: v3\b/.test(it));
  return line < 0 ? undefined : { path: file, line: line + 1, column: lines[line].indexOf('v3') + 1 };
}

function tell(version, where) {
  const first = firstProblem();
  const [major, minor] = version.split('.');
  console.log(`\nMeshwright in VS Code ${major}.${minor}, on ${given === undefined ? `a copy of ${sample}` : folder}`);
  console.log(`  open  ${where}`);
  if (first !== undefined) console.log(`  try   shop/checkout.yaml, line ${first.line}: put the cursor on "v3" and press Ctrl+.`);
  console.log('  stop  Ctrl+C');
}

/** Runs one of our scripts; what goes wrong is shown, and ends this. */
function run(script) {
  const { status } = spawnSync(process.execPath, [at(script)], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) fail(`${script} failed`);
}

async function end() {
  for (const ending of endings.splice(0).reverse()) await ending();
  process.exit(0);
}

function fail(why) {
  console.error(`npm start: ${why}`);
  process.exit(2);
}
