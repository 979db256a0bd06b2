// Writes meshwright-VERSION.vsix and looks into it: what must be there, what must not, and how large it is.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
/** Where the package is written. */
export const vsixFile = path.join(root, `meshwright-${version}.vsix`);

const LIMIT = 1.5 * 1024 * 1024;
const FORBIDDEN = /(^|\/)(node_modules|src|test|tests|scripts|examples|\.config)\/|\.tsx?$|\.map$|\.test\.|tsconfig|package-lock/;

/** Builds the package. @returns {{ size: number, problems: string[] }} */
export function writePackage() {
  run('scripts/build.mjs');
  run(
    'node_modules/@vscode/vsce/vsce',
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--out',
    vsixFile,
  );
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

function run(file, ...args) {
  const { status } = spawnSync(process.execPath, [path.join(root, file), ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
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
  const { size, problems } = writePackage();
  console.log(`${path.basename(vsixFile)}  ${Math.round(size / 1024)} kB`);
  for (const problem of problems) console.error(`in the package: ${problem}`);
  process.exit(problems.length === 0 ? 0 : 1);
}
