// Tells how many fields and values of enums of each kind have words of ours: documented/total.
//   npm run docs:coverage -- [SYSTEM] [--missing] [--all]
// Of Istio, the Gateway API, Linkerd and Kuma every field counts; of others those that have to be written and those that stand at most three keys deep,
// with --all every one of them, too. --missing lists what has no words. Fails where a kind is below the floor of its system.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { importTypeScript } from './import.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Least percentage of each kind; 80 where a system is not listed. Kustomize is no mesh: what its fields do is told where they matter to one. */
export const FLOORS = { istio: 100, 'gateway-api': 100, linkerd: 100, kuma: 100, consul: 95, cilium: 95, kustomize: 0 };
const OTHERS = 80;

/** Systems of which every field counts. */
const WHOLE = new Set(['istio', 'gateway-api', 'linkerd', 'kuma']);

/** @returns {Promise<readonly { system: string, kind: string, documented: number, total: number, missing: readonly string[], floor: number }[]>} */
export async function docsCoverage({ system, all = false } = {}) {
  const { createSchemas } = await importTypeScript('server/src/schema/schemas.ts');
  // The experimental channel has all that the standard one has, and more.
  const schemas = createSchemas((name) => {
    const file = path.join(root, 'schemas', name);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  }).choosing({ channels: { 'gateway-api': 'experimental' } });
  const kinds = schemas.groups().flatMap((group) => schemas.kinds(group));
  return kinds
    .filter((kind) => system === undefined || kind.system === system)
    .map((kind) => coverageOf(schemas, kind, all || WHOLE.has(kind.system)));
}

function coverageOf(schemas, kind, isWhole) {
  const roots = Object.keys(kind.versions).map((version) =>
    schemas.root(`${kind.group === '' ? '' : `${kind.group}/`}${version}`, kind.kind),
  );
  const seen = new Map([['the kind itself', roots[0].docs !== undefined]]);
  const take = (name, isDocumented) => {
    if (!seen.has(name)) seen.set(name, isDocumented);
  };
  for (const field of roots.flatMap((it) => [...fieldsBelow(it, isWhole)])) {
    take(field.path, field.docs !== undefined);
    for (const value of field.enum ?? []) take(`${field.path}=${value}`, field.enumDocs[value] !== undefined);
  }
  return {
    system: kind.system,
    kind: kind.kind,
    documented: [...seen.values()].filter(Boolean).length,
    total: seen.size,
    missing: [...seen].flatMap(([name, isDocumented]) => (isDocumented ? [] : [name])),
    floor: FLOORS[kind.system] ?? OTHERS,
  };
}

/** Fields that somebody writes: not the items of lists, which their list speaks for, nor what the API server fills in. */
function* fieldsBelow(field, isWhole) {
  for (const child of [...field.fields, ...(field.item ? [field.item] : [])]) {
    if (field.path === '' && ['apiVersion', 'kind', 'metadata', 'status'].includes(child.name)) continue;
    const isDeep = child.path.split('.').filter((it) => it !== '*').length > 3;
    const counts = isWhole || !isDeep || child.required;
    if (child.name !== '*' && counts) yield child;
    // Below a field that need not be written nothing has to.
    if (counts || child.name === '*') yield* fieldsBelow(child, isWhole);
  }
}

function percent(count, all) {
  return all === 0 ? 100 : Math.floor((100 * count) / all);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const args = process.argv.slice(2);
  const kinds = await docsCoverage({ system: args.find((it) => !it.startsWith('--')), all: args.includes('--all') });
  const line = (name, documented, total) =>
    `${name.padEnd(36)} ${String(documented).padStart(4)} of ${String(total).padStart(4)}  ${percent(documented, total)} %`;
  for (const { system, kind, documented, total, missing, floor } of kinds) {
    const isLow = percent(documented, total) < floor;
    console.log(line(`${system}/${kind}`, documented, total) + (isLow ? `  below ${floor} %` : ''));
    if (args.includes('--missing')) for (const it of missing) console.log(`    ${it}`);
    if (isLow) process.exitCode = 1;
  }
  for (const system of new Set(kinds.map((it) => it.system))) {
    const own = kinds.filter((it) => it.system === system);
    const sum = (count) => own.reduce((total, it) => total + count(it), 0);
    console.log(
      line(
        system,
        sum((it) => it.documented),
        sum((it) => it.total),
      ),
    );
  }
  if (kinds.length === 0) process.exitCode = 1;
}
