// Runs a TypeScript program of this repository: node scripts/run.mjs FILE.ts [ARGUMENT…]
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const [entry, ...rest] = process.argv.slice(2);
if (entry === undefined || !existsSync(path.join(root, entry))) {
  console.error(`there is no ${entry ?? 'program to run'}`);
  process.exit(2);
}
const outfile = path.join(root, 'out', 'run', `${entry.replaceAll(/[\\/]/g, '-').replace(/\.ts$/, '')}.mjs`);
await build({
  absWorkingDir: root,
  entryPoints: [entry],
  outfile,
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: 'inline',
  logLevel: 'warning',
  // A bundle lies elsewhere than its sources; every source keeps its own address.
  plugins: [
    {
      name: 'import-meta-url',
      setup(builder) {
        builder.onLoad({ filter: /\.(ts|mjs)$/ }, async ({ path: file }) => {
          const { readFile } = await import('node:fs/promises');
          const { pathToFileURL } = await import('node:url');
          const text = await readFile(file, 'utf8');
          return {
            loader: file.endsWith('.ts') ? 'ts' : 'js',
            contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href)),
          };
        });
      },
    },
  ],
});
// Programs that it starts keep nothing among the files of whoever runs it; what is downloaded serves all clones.
const env = { ...process.env, MESHWRIGHT_CACHE: cacheFolder(), XDG_CACHE_HOME: path.join(root, 'out', 'caches') };
const child = spawn(process.execPath, ['--enable-source-maps', outfile, ...rest], { cwd: root, stdio: 'inherit', env });
child.on('close', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
