// Linter, then formatter. `--fix` repairs what can be repaired (npm run format).
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const fix = process.argv.includes('--fix');
const tool = (path) => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url));
const run = (file, args) => spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' }).status === 0;

const lints = run(tool('eslint/bin/eslint.js'), [
  '--config',
  '.config/eslint.config.js',
  '--max-warnings=0',
  '--no-warn-ignored',
  ...(fix ? ['--fix'] : []),
  '.',
]);
const formats = run(tool('prettier/bin/prettier.cjs'), [
  fix ? '--write' : '--check',
  '--log-level=warn',
  '{client,server,test,scripts,.config}/**/*.{ts,mjs,cjs,js}',
  '*.json',
  'snippets/*.json',
]);
process.exit(lints && formats ? 0 : 1);
