import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** The folders of server/src, each of which may import from those behind it only. ARCHITECTURE.md says what they hold. */
const LAYERS = ['hosts', 'lsp', 'analysis', 'features', 'meshes', 'rules', 'index', 'sources', 'schema', 'model', 'yaml', 'query', 'text'];

/** The folders of server/src/meshes, and those beside them that each may import. */
const MESHES: Readonly<Record<string, readonly string[]>> = {
  kubernetes: [],
  'gateway-api': ['kubernetes'],
  istio: ['kubernetes', 'gateway-api'],
  linkerd: ['kubernetes', 'gateway-api'],
  consul: ['kubernetes', 'gateway-api'],
  kuma: ['kubernetes', 'gateway-api'],
  cilium: ['kubernetes', 'gateway-api'],
  kustomize: [],
  argo: ['kubernetes', 'gateway-api', 'istio'],
  mesh: ['kubernetes', 'gateway-api'],
  flux: ['kubernetes', 'gateway-api', 'istio'],
};

/** Folders that may import a package; nobody else may import any. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  yaml: ['yaml'],
  '@marcbachmann/cel-js': ['schema'],
  re2js: ['schema'],
  'vscode-languageserver': ['lsp', 'hosts'],
  'vscode-languageserver-textdocument': ['lsp', 'hosts'],
  'vscode-languageserver-protocol': ['lsp', 'hosts'],
};

const root = fileURLToPath(new URL('../server/src/', import.meta.url));

interface Import {
  readonly from: string;
  readonly to: string;
}

/** What is wrong with an import, in a sentence; undefined where nothing is. Both are paths below server/src, or `to` is a package. */
function complaint({ from, to }: Import): string | undefined {
  const [folder = ''] = from.split('/');
  if (!to.startsWith('.')) return packageComplaint(from, folder, to);
  const target = path.posix.normalize(path.posix.join(path.posix.dirname(from), to));
  if (target.startsWith('../')) return `${from} imports ${to}, which is outside of server/src.`;
  const [targetFolder = ''] = target.split('/');
  const rank = LAYERS.indexOf(folder);
  const targetRank = LAYERS.indexOf(targetFolder);
  if (rank < 0 || targetRank < 0)
    return `${from} imports ${target}: ${rank < 0 ? folder : targetFolder}/ is in no layer; add it to LAYERS.`;
  if (targetRank < rank) return `${folder}/ imports from ${targetFolder}/, which is a layer above it: ${from} imports ${target}.`;
  return folder === 'meshes' && targetFolder === 'meshes' ? meshComplaint(from, target) : undefined;
}

function meshComplaint(from: string, target: string): string | undefined {
  const [, mesh = ''] = from.split('/');
  const [, targetMesh = ''] = target.split('/');
  if (mesh === 'index.ts' || mesh === targetMesh) return undefined;
  // What each mesh states of its proxies is gathered for those beside it; the files that state it know none of them.
  if (targetMesh === 'data-planes.js' || (mesh === 'data-planes.ts' && /\/data-planes?\.js$/.test(target))) return undefined;
  if (targetMesh in MESHES && MESHES[mesh]?.includes(targetMesh)) return undefined;
  return `meshes/${mesh}/ imports from meshes/${targetMesh}/, which it may not know: ${from} imports ${target}.`;
}

function packageComplaint(from: string, folder: string, to: string): string | undefined {
  if (to.startsWith('node:')) return folder === 'hosts' ? undefined : `${folder}/ imports ${to}, and only hosts/ may use Node: ${from}.`;
  const name = to.split('/', to.startsWith('@') ? 2 : 1).join('/');
  const allowed = PACKAGES[name];
  if (allowed?.includes(folder)) return undefined;
  return `${folder}/ imports the package ${name}, which ${allowed ? `only ${allowed.map((it) => `${it}/`).join(' and ')} may` : 'nobody may'}: ${from}.`;
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  const found = text.matchAll(
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
  );
  return [...found].map((match) => ({ from: file, to: (match[1] ?? match[2] ?? match[3])! }));
}

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll(path.sep, '/'))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .sort();

test('imports lead from a layer to the ones below it', () => {
  const imports = sources.flatMap(importsOf);
  expect(imports.length).toBeGreaterThan(100);
  expect(imports.map(complaint).filter((it) => it !== undefined)).toEqual([]);
});

test('every folder is a layer', () => {
  const folders = readdirSync(root, { withFileTypes: true }).filter((it) => it.isDirectory());
  expect(folders.map((it) => it.name).filter((it) => !LAYERS.includes(it))).toEqual([]);
});

test('the table tells good imports from bad ones', () => {
  const says = (from: string, to: string) => complaint({ from, to }) ?? 'fine';
  expect(says('rules/rule.ts', '../index/tables.js')).toBe('fine');
  expect(says('rules/rule.ts', '../meshes/index.js')).toBe(
    'rules/ imports from meshes/, which is a layer above it: rules/rule.ts imports meshes/index.js.',
  );
  expect(says('meshes/istio/rules/a.ts', '../../kubernetes/tables.js')).toBe('fine');
  expect(says('meshes/index.ts', './istio/module.js')).toBe('fine');
  expect(says('meshes/data-planes.ts', './istio/data-planes.js')).toBe('fine');
  expect(says('meshes/data-planes.ts', './istio/tables.js')).toContain('which it may not know');
  expect(says('meshes/kubernetes/tables.ts', '../istio/tables.js')).toContain('meshes/kubernetes/ imports from meshes/istio/');
  expect(says('meshes/linkerd/tables.ts', '../istio/tables.js')).toContain('meshes/linkerd/ imports from meshes/istio/');
  expect(says('yaml/parse.ts', 'yaml')).toBe('fine');
  expect(says('schema/docs.ts', 'yaml')).toBe('schema/ imports the package yaml, which only yaml/ may: schema/docs.ts.');
  expect(says('features/hover.ts', 'vscode-languageserver/node')).toContain('only lsp/ and hosts/ may');
  expect(says('analysis/host.ts', 'node:fs')).toContain('only hosts/ may use Node');
  expect(says('hosts/files.ts', 'node:fs/promises')).toBe('fine');
  expect(says('text/uri.ts', 'lodash')).toContain('nobody may');
});
