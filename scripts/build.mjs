// Bundles client, server and CLI into dist/, with the data they read at run time. `--watch` rebuilds the code on every change.
import { build, context } from 'esbuild';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { notices } from './notices.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...parts) => path.join(root, ...parts);
const watch = process.argv.includes('--watch');
const entries = {
  client: 'client/src/extension.ts',
  'code/server': 'server/src/hosts/node.ts',
  'code/cli': 'server/src/hosts/cli/main.ts',
};
/** What is started: runs the code of the same name, compiled as it was at an earlier start. */
const starts = {
  server: 'server/src/hosts/start.ts',
  cli: 'server/src/hosts/cli/start.ts',
};

mkdirSync(at('dist'), { recursive: true });
// The package is ESM, but an extension host of VS Code 1.91 loads CommonJS only.
writeFileSync(at('dist/package.json'), '{ "type": "commonjs" }\n');
copySchemas();

const { version } = JSON.parse(readFileSync(at('package.json'), 'utf8'));
const bundles = Object.fromEntries(Object.entries(entries).filter(([, entry]) => existsSync(at(entry))));
const options = {
  absWorkingDir: root,
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode'],
  // Names show up in stack traces of users' logs. Kept beside shorter ones, they would be given to each function anew whenever it is made.
  minifyWhitespace: !watch,
  minifySyntax: !watch,
  sourcemap: watch ? 'inline' : false,
  legalComments: 'none',
  charset: 'ascii',
  logLevel: 'warning',
  // Some packages name a browser or UMD build first, which hides their imports from the bundler.
  mainFields: ['module', 'main'],
  define: { 'import.meta.url': 'importMetaUrl', MESHWRIGHT_VERSION: JSON.stringify(version) },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
};
const bundle = await context({ ...options, entryPoints: bundles, metafile: true });
// What is wrong has been printed by then.
const { metafile } = await bundle.rebuild().catch(() => process.exit(1));
for (const [name, entry] of Object.entries(starts)) {
  // Code that changes while one works on it is compiled at each start.
  const id = watch
    ? undefined
    : createHash('sha256')
        .update(readFileSync(at(`dist/code/${name}.js`)))
        .digest('hex')
        .slice(0, 16);
  const define = { ...options.define, MESHWRIGHT_BUILD: JSON.stringify(id) ?? 'undefined' };
  await build({ ...options, entryPoints: { [name]: entry }, define }).catch(() => process.exit(1));
}
writeBuildId();
writeFileSync(at('dist/THIRD_PARTY_NOTICES.txt'), notices(Object.keys(metafile.inputs)));
for (const name of Object.keys(bundles)) console.log(`dist/${name}.js  ${Math.round(statSync(at(`dist/${name}.js`)).size / 1024)} kB`);
for (const name of Object.keys(entries)) if (!(name in bundles)) console.log(`dist/${name}.js  not built: there is no ${entries[name]}`);

if (watch) {
  await bundle.watch();
  console.log('watching');
} else {
  await bundle.dispose();
}

/** What is found in a file is kept on disk under this id: both programs find the same, until code or schemas are others. */
function writeBuildId() {
  const id = at('dist/build-id.txt');
  rmSync(id, { force: true });
  if (watch) return;
  const hash = createHash('sha256');
  for (const name of Object.keys(starts)) hash.update(readFileSync(at(`dist/code/${name}.js`)));
  const schemas = readdirSync(at('dist/schemas'), { recursive: true, withFileTypes: true }).filter((it) => it.isFile());
  for (const file of schemas.map((it) => path.join(it.parentPath, it.name)).sort()) hash.update(readFileSync(file));
  writeFileSync(id, hash.digest('hex'));
}

/** schemas/ as the server reads it: the same folders, JSON without blanks, prose as it is. */
function copySchemas() {
  rmSync(at('dist/schemas'), { recursive: true, force: true });
  if (!existsSync(at('schemas'))) return;
  for (const entry of readdirSync(at('schemas'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const from = path.join(entry.parentPath, entry.name);
    const to = at('dist/schemas', path.relative(at('schemas'), from));
    mkdirSync(path.dirname(to), { recursive: true });
    if (entry.name.endsWith('.json')) writeFileSync(to, JSON.stringify(JSON.parse(readFileSync(from, 'utf8'))));
    else copyFileSync(from, to);
  }
}
