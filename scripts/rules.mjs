// Writes server/src/meshes/<mesh>/rules/index.ts from the rule files beside it, so that adding a rule touches no other file by hand.
// `--check` only tells whether they are as they should be.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const meshes = fileURLToPath(new URL('../server/src/meshes', import.meta.url));

/** @returns {readonly string[]} indexes that were not up to date, relative to meshes/ */
export function writeRuleIndexes({ checkOnly = false } = {}) {
  const stale = [];
  for (const mesh of readdirSync(meshes)) {
    const folder = path.join(meshes, mesh, 'rules');
    if (!existsSync(folder)) continue;
    const file = path.join(folder, 'index.ts');
    const text = indexOf(folder);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    stale.push(path.join(mesh, 'rules', 'index.ts'));
    if (!checkOnly) writeFileSync(file, text);
  }
  return stale;
}

function indexOf(folder) {
  const rules = readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'index.ts')
    .sort()
    .flatMap((name) => {
      const exported = [...readFileSync(path.join(folder, name), 'utf8').matchAll(/^export const (\w+) = defineRule\(/gm)].map(
        (it) => it[1],
      );
      return exported.map((rule) => ({ rule, name: name.replace(/\.ts$/, '.js') }));
    });
  return `// Written by scripts/rules.mjs from the files beside it.
import type { Rule } from '../../../rules/rule.js';
${rules.map(({ rule, name }) => `import { ${rule} } from './${name}';\n`).join('')}
export const rules: readonly Rule[] = [
${rules.map(({ rule }) => `  ${rule},\n`).join('')}];
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const checkOnly = process.argv.includes('--check');
  const stale = writeRuleIndexes({ checkOnly });
  for (const file of stale) console.log(`${file} ${checkOnly ? 'is out of date: node scripts/rules.mjs' : 'written'}`);
  process.exit(checkOnly && stale.length > 0 ? 1 : 0);
}
