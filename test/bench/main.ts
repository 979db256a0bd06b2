/** npm run bench [-- SERVICES…]: what a check from scratch and an edit cost, beside what they should, and how that grows. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tuneServer } from '../../server/src/hosts/v8.js';
import { parseBlock } from '../../server/src/yaml/block.js';
import { parseWithPackage } from '../../server/src/yaml/parse.js';
import { splitDocuments } from '../../server/src/yaml/split.js';
import { measure, type Measures } from './measure.js';
import { shopOf } from './shop.js';
import { wholeProcess } from './whole.js';
import { buildServer } from '../lsp/build.js';

const asked = process.argv.slice(2).map(Number);
if (asked.some((it) => !Number.isInteger(it) || it < 1)) {
  console.error('bench: takes numbers of services, as in "npm run bench -- 100 1000"');
  process.exit(2);
}
// As the server itself has it.
tuneServer();
const sizes = asked.length > 0 ? asked : [100, 1000];
buildServer();
measure(10, 5); // The first run compiles.
const all = sizes.map((it) => measure(it, Math.min(50, it)));
const rows: (readonly string[])[] = [['what', 'goal', ...all.map((it) => `${it.services} services`)]];
rows.push(['resources', '', ...all.map((it) => String(it.resources))]);
rows.push(['text', '', ...all.map((it) => `${it.megabytes.toFixed(1)} MB`)]);
rows.push(['from scratch, all diagnostics', '', ...all.map((it) => `${it.cold.toFixed(0)} ms`)]);
rows.push(['from scratch, a resource', '', ...all.map((it) => `${((it.cold / it.resources) * 1000).toFixed(0)} µs`)]);
rows.push(['heap after it, a resource', '', ...all.map((it) => `${(it.heap / it.resources / 1000).toFixed(1)} kB`)]);
for (const [i, { name }] of all[0]!.edits.entries()) rows.push([`edit: ${name}`, '10 / 25 ms', ...all.map((it) => times(it, i))]);
const unusual = measure(Math.max(...sizes), 20, true);
for (const [i, { name }] of unusual.edits.entries()) {
  const goal = name.startsWith('a subset') ? 'p95 50 ms' : 'p95 25 ms';
  rows.push([`edit: ${name}`, goal, ...all.map((it) => (it.services === unusual.services ? times(unusual, i) : ''))]);
}
rows.push(['told as changed, most files', '', ...all.map((it) => String(Math.max(...it.edits.map((edit) => edit.changedFiles))))]);
rows.push(['p50 of edits beside the smallest', '1.5', ...all.map((it) => (median(it) / median(all[0]!)).toFixed(2))]);
rows.push(['errors and warnings (it is clean)', '0', ...all.map((it) => String(it.left))]);
const whole = sizes.map((it) => onDisk(it, (folder) => wholeProcess(folder, 3)));
rows.push(['check, the whole process', '2 s at 1,000', ...whole.map((it) => `${(it.check / 1000).toFixed(1)} s`)]);
rows.push(['the same once more', '', ...whole.map((it) => `${(it.again / 1000).toFixed(1)} s`)]);
rows.push(['beside finding, reading, parsing alone', '3', ...whole.map((it) => (it.check / it.alone).toFixed(1))]);
const speeds = parsers();
rows.push(['fast reader beside `yaml`', '50', `${(speeds.fast / speeds.slow).toFixed(0)} times`]);
rows.push(['fast reader beside JSON.parse', '0.5', `${(speeds.fast / speeds.json).toFixed(2)} times`]);
console.log(table(rows));

/** Does something with a shop that is written into a folder. */
function onDisk<T>(services: number, use: (folder: string) => T): T {
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-bench-'));
  try {
    for (const { uri, text } of shopOf(services)) {
      const file = path.join(folder, new URL(uri).pathname);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function times({ edits }: Measures, i: number): string {
  const { p50, p95 } = edits[i]!;
  return `${p50.toFixed(2)} / ${p95.toFixed(2)} ms`;
}

function median({ edits }: Measures): number {
  const sorted = edits.map((it) => it.p50).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** Speeds in characters of YAML a millisecond of processor time. */
function parsers(): { readonly fast: number; readonly slow: number; readonly json: number } {
  const documents = shopOf(100).flatMap(({ text }) => splitDocuments(text).map((it) => it.text));
  const asJson = documents.map((it) => JSON.stringify(plain(parseBlock(it)!.root)));
  return {
    fast: speed(documents, documents, parseBlock, 15),
    slow: speed(documents, documents, parseWithPackage, 3),
    json: speed(documents, asJson, JSON.parse, 15),
  };
}

function speed(documents: readonly string[], texts: readonly string[], parse: (text: string) => unknown, runs: number): number {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = process.cpuUsage();
    for (const text of texts) parse(text);
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  times.sort((a, b) => a - b);
  return documents.reduce((sum, it) => sum + it.length, 0) / times[Math.floor(times.length / 2)]!;
}

/** What JSON would hold of a tree. */
function plain(node: ReturnType<typeof parseWithPackage>['root']): unknown {
  if (node === undefined) return null;
  if (node.type === 'scalar') return node.value;
  return node.type === 'list' ? node.items.map(plain) : Object.fromEntries(node.entries.map((it) => [it.key, plain(it.value)]));
}

/** Rows in columns, as Markdown reads them too. */
function table(rows: readonly (readonly string[])[]): string {
  const columns = rows[0]!.length;
  const widths = Array.from({ length: columns }, (_, i) => Math.max(...rows.map((it) => (it[i] ?? '').length)));
  const lines = rows.map((row) => `| ${widths.map((width, i) => (row[i] ?? '').padEnd(width)).join(' | ')} |`);
  return [lines[0], `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...lines.slice(1)].join('\n');
}
