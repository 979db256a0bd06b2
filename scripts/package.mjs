// Writes meshwright-VERSION.vsix and looks into it: what must be there, what must not, and how large it is.
import { listFiles, PackageManager } from '@vscode/vsce';
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
/** Where the package is written. */
export const vsixFile = path.join(root, `meshwright-${version}.vsix`);

/** Six systems, their schemas and a page for each rule; what grows beyond this has to be looked at. */
const LIMIT = 2.5 * 1024 * 1024;
const FORBIDDEN = /(^|\/)(node_modules|src|test|tests|scripts|examples|\.config)\/|\.tsx?$|\.map$|\.test\.|tsconfig|package-lock/;

/** Builds the package. @returns {Promise<{ size: number, problems: string[] }>} */
export async function writePackage() {
  run(root, 'scripts/build.mjs');
  const staged = await stage();
  run(staged, 'node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--allow-missing-repository', '--out', vsixFile);
  const size = statSync(vsixFile).size;
  const files = entriesOf(readFileSync(vsixFile));
  const required = [
    'package.json',
    'package.nls.json',
    'readme.md',
    'changelog.md',
    'LICENSE.txt',
    'client/icon.png',
    'dist/client.js',
    'dist/server.js',
    'dist/cli.js',
    'dist/code/server.js',
    'dist/code/cli.js',
    'dist/build-id.txt',
    'dist/package.json',
    'dist/THIRD_PARTY_NOTICES.txt',
    ...(existsSync(path.join(root, 'snippets')) ? readdirSync(path.join(root, 'snippets')).map((it) => `snippets/${it}`) : []),
  ];
  const problems = [
    ...required.filter((it) => !files.includes(`extension/${it}`)).map((it) => `"${it}" is missing`),
    ...files.filter((it) => FORBIDDEN.test(it.replace(/^extension\//, ''))).map((it) => `"${it}" does not belong there`),
    ...(size > LIMIT ? [`it has ${size} bytes, more than ${LIMIT}`] : []),
  ];
  return { size, problems };
}

/** Copies what .vscodeignore lets through into a folder of its own. @returns {Promise<string>} that folder */
async function stage() {
  const staged = path.join(root, 'out', 'package');
  rmSync(staged, { recursive: true, force: true });
  for (const file of ['.vscodeignore', ...(await listFiles({ cwd: root, packageManager: PackageManager.None }))]) {
    mkdirSync(path.dirname(path.join(staged, file)), { recursive: true });
    copyFileSync(path.join(root, file), path.join(staged, file));
  }
  const readme = path.join(staged, 'README.md');
  if (existsSync(readme)) writeFileSync(readme, withoutRelativeLinks(readFileSync(readme, 'utf8')));
  return staged;
}

/** VS Code shows the README of an extension without its folder: pictures and links into the repository would be broken there. */
function withoutRelativeLinks(markdown) {
  const relative = '\\((?!https?:|#)[^)]*\\)';
  return markdown
    .replaceAll(new RegExp(`^!\\[[^\\]]*\\]${relative}\\n\\n?`, 'gm'), '')
    .replaceAll(new RegExp(`(?<!!)\\[([^\\]]*)\\]${relative}`, 'g'), '$1');
}

function run(cwd, file, ...args) {
  const { status } = spawnSync(process.execPath, [path.join(root, file), ...args], { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${file} failed`);
}

/** Names in the central directory of a zip file. */
function entriesOf(zip) {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const names = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    names.push(zip.toString('utf8', at + 46, at + 46 + name));
    at += 46 + name + extra + comment;
  }
  return names;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { size, problems } = await writePackage();
  console.log(`${path.basename(vsixFile)}  ${Math.round(size / 1024)} kB`);
  for (const problem of problems) console.error(`in the package: ${problem}`);
  process.exit(problems.length === 0 ? 0 : 1);
}
