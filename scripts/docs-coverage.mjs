// Tells how many fields of each kind have words of ours, and with --missing which have none. With --min PERCENT it fails below that.
//   npm run docs:coverage -- [SYSTEM] [--missing] [--min PERCENT]
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { importTypeScript } from './import.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);
const minimum = args.includes('--min') ? Number(args[args.indexOf('--min') + 1]) : 0;
const system = args.find((it, i) => !it.startsWith('--') && args[i - 1] !== '--min');
const { createSchemas } = await importTypeScript('server/src/schema/schemas.ts');
// The experimental channel has all that the standard one has, and more.
const schemas = createSchemas((name) => {
  const file = path.join(root, 'schemas', name);
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}).choosing({ channels: { 'gateway-api': 'experimental' } });

let documented = 0;
let total = 0;
for (const kind of schemas.groups().flatMap((group) => schemas.kinds(group))) {
  if (system !== undefined && kind.system !== system) continue;
  const roots = Object.keys(kind.versions).map((version) =>
    schemas.root(`${kind.group === '' ? '' : `${kind.group}/`}${version}`, kind.kind),
  );
  const missing = [];
  let count = roots[0].docs === undefined ? 0 : 1;
  let all = 1;
  const seen = new Set();
  const take = (name, isDocumented) => {
    if (seen.has(name)) return;
    seen.add(name);
    all++;
    if (isDocumented) count++;
    else missing.push(name);
  };
  for (const root of roots) {
    for (const field of fieldsBelow(root)) {
      take(field.path, field.docs !== undefined);
      for (const value of field.enum ?? []) take(`${field.path}=${value}`, field.enumDocs[value] !== undefined);
    }
  }
  documented += count;
  total += all;
  console.log(
    `${`${kind.system}/${kind.kind}`.padEnd(36)} ${String(count).padStart(4)} of ${String(all).padStart(4)}  ${percent(count, all)}`,
  );
  if (args.includes('--missing')) for (const it of missing) console.log(`    ${it}`);
}
console.log(`${'all'.padEnd(36)} ${String(documented).padStart(4)} of ${String(total).padStart(4)}  ${percent(documented, total)}`);
if (total === 0 || (100 * documented) / total < minimum) process.exit(1);

/** Every field that somebody writes: not the items of lists, which their list speaks for, nor what the API server fills in. */
function* fieldsBelow(field) {
  for (const child of [...field.fields, ...(field.item ? [field.item] : [])]) {
    if (field.path === '' && ['apiVersion', 'kind', 'metadata', 'status'].includes(child.name)) continue;
    if (child.name !== '*') yield child;
    yield* fieldsBelow(child);
  }
}

function percent(count, all) {
  return `${all === 0 ? 100 : Math.floor((100 * count) / all)} %`;
}
