// Tells how many fields and values of enums of each kind have words of ours: documented/total.
//   npm run docs:coverage -- [SYSTEM] [--missing] [--all] [--used FOLDER]
// Of Istio, the Gateway API, Linkerd and Kuma every field counts; of others those that have to be written and those that stand at most three keys deep,
// with --all every one of them, too. --missing lists what has no words. --used lists what manifests of a folder write and has no words, however deep it
// stands. Fails where a kind is below the floor of its system, or where --used finds something.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { importTypeScript } from './import.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Least percentage of each kind; 80 where a system is not listed. */
export const FLOORS = { istio: 100, 'gateway-api': 100, linkerd: 100, kuma: 100, consul: 95, cilium: 95, kustomize: 100 };
const OTHERS = 80;

/** Systems of which every field counts. */
const WHOLE = new Set(['istio', 'gateway-api', 'linkerd', 'kuma']);

/** Fields at the top that are the same for all kinds, or not written by people. */
const OF_EVERY_KIND = new Set(['apiVersion', 'kind', 'metadata', 'status']);

/** @returns {Promise<readonly { system: string, kind: string, documented: number, total: number, missing: readonly string[], floor: number }[]>} */
export async function docsCoverage({ system, all = false } = {}) {
  const schemas = await ourSchemas();
  const kinds = schemas.groups().flatMap((group) => schemas.kinds(group));
  return kinds
    .filter((kind) => system === undefined || kind.system === system)
    .map((kind) => coverageOf(schemas, kind, all || WHOLE.has(kind.system)));
}

/**
 * Fields and values of enums that manifests of a folder write and that have no words of ours, with how often they are written.
 * @returns {Promise<{ files: number, missing: ReadonlyMap<string, number> }>}
 */
export async function usedWithoutDocs(folder, { system } = {}) {
  const schemas = await ourSchemas();
  const missing = new Map();
  const take = (name) => missing.set(name, (missing.get(name) ?? 0) + 1);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((it) => it.isFile() && /\.ya?ml$/.test(it.name));
  for (const file of files) {
    for (const object of manifestsIn(file)) {
      const kind = schemas.kind(object.apiVersion.includes('/') ? object.apiVersion.split('/')[0] : '', object.kind);
      const field = kind === undefined ? undefined : schemas.root(object.apiVersion, object.kind);
      if (field === undefined || (system !== undefined && kind.system !== system)) continue;
      for (const name of unexplainedIn(object, field)) take(`${kind.system}/${kind.kind} ${name}`);
    }
  }
  return { files: files.length, missing };
}

async function ourSchemas() {
  const { createSchemas } = await importTypeScript('server/src/schema/schemas.ts');
  // The experimental channel has all that the standard one has, and more.
  return createSchemas((name) => {
    const file = path.join(root, 'schemas', name);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  }).choosing({ channels: { 'gateway-api': 'experimental' } });
}

/** Objects of a file that say what they are. Templates and what is no YAML are left out. */
function manifestsIn(file) {
  const text = readFileSync(path.join(file.parentPath, file.name), 'utf8');
  if (text.includes('{{')) return [];
  const own = /^kustomization\./.test(file.name) ? { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' } : {};
  return [...parseAllDocuments(text, { logLevel: 'silent' })].flatMap((document) => {
    if (document.errors.length > 0) return [];
    try {
      const value = document.toJS();
      if (typeof value !== 'object' || value === null) return [];
      const object = { ...own, ...value };
      return typeof object.apiVersion === 'string' && typeof object.kind === 'string' ? [object] : [];
    } catch {
      return []; // An alias that leads nowhere.
    }
  });
}

function* unexplainedIn(value, field) {
  if (field === undefined) return;
  if (Array.isArray(value)) {
    for (const it of value) yield* unexplainedIn(it, field.item);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, below] of Object.entries(value)) {
      const child = field.child(name);
      if (child === undefined || (field.path === '' && OF_EVERY_KIND.has(name))) continue;
      if (child.name !== '*' && child.docs === undefined) yield child.path;
      yield* unexplainedIn(below, child);
    }
  } else if (field.enum?.includes(value) && field.enumDocs[value] === undefined) {
    yield `${field.path}=${value}`;
  }
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
    for (const value of (field.enum ?? field.item?.enum ?? []).filter((it) => it !== ''))
      take(`${field.path}=${value}`, (field.enum === undefined ? field.item : field).enumDocs[value] !== undefined);
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
    if (field.path === '' && OF_EVERY_KIND.has(child.name)) continue;
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
  const folder = args.includes('--used') ? args[args.indexOf('--used') + 1] : undefined;
  const system = args.find((it) => !it.startsWith('--') && it !== folder);
  const kinds = await docsCoverage({ system, all: args.includes('--all') });
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
  if (args.includes('--used')) await tellUsed(folder, system);
}

async function tellUsed(folder, system) {
  if (folder === undefined || !existsSync(folder)) {
    console.log(`Skipped what manifests use: there is no folder ${folder ?? 'named'}.`);
    return;
  }
  const { files, missing } = await usedWithoutDocs(folder, { system });
  console.log(`Used in ${files} files and without words: ${missing.size}`);
  for (const [name, times] of [...missing].sort()) console.log(`    ${name}  ${times}`);
  if (missing.size > 0) process.exitCode = 1;
}
