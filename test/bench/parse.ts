// How fast YAML is read: node scripts/run.mjs test/bench/parse.ts DIR…
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseBlock } from '../../server/src/yaml/block.js';
import { parseDocument, parseWithPackage } from '../../server/src/yaml/parse.js';
import { splitDocuments } from '../../server/src/yaml/split.js';

const RUNS = 7;
/** The `yaml` package gets this much of the text only, since it is slow. */
const PACKAGE_BYTES = 1_000_000;

const GIANT = 262_144;

const files = process.argv.slice(2).flatMap((root) =>
  statSync(root).isFile()
    ? [root]
    : readdirSync(root, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.ya?ml$/.test(name))
        .map((name) => path.join(root, name)),
);
const all = files.flatMap((file) => splitDocuments(readFileSync(file, 'utf8')).map((it) => it.text));
// Of giants (generated API descriptions) the header tells that no parser has to read them; their trees would measure the collector.
const documents = all.filter((it) => it.length < GIANT);
if (documents.length === 0) {
  console.error('usage: node scripts/run.mjs test/bench/parse.ts DIR…');
  process.exit(2);
}
const bytes = sizeOf(documents);
const read = documents.filter((it) => parseBlock(it) !== undefined);
console.log(
  `${documents.length} documents, ${megabytes(bytes)} MB (${all.length - documents.length} giants left out); the fast reader reads ${((100 * sizeOf(read)) / bytes).toFixed(1)} % of it`,
);

const few = documents.slice(0, Math.max(1, Math.floor((documents.length * PACKAGE_BYTES) / Math.max(bytes, PACKAGE_BYTES))));
const slow = measure('yaml package', few, parseWithPackage, 3);
const fast = measure('fast reader', read, parseBlock, RUNS);
measure('parseDocument', documents, parseDocument, RUNS);
console.log(`the fast reader is ${(fast / slow).toFixed(0)} times as fast`);

/** Prints and gives the median speed in MB/s. */
function measure(name: string, texts: readonly string[], parse: (text: string) => unknown, runs: number): number {
  const times: number[] = [];
  for (let run = 0; run < runs + 2; run++) {
    const start = process.cpuUsage();
    for (const text of texts) parse(text);
    const { user, system } = process.cpuUsage(start);
    // The first runs warm up.
    if (run >= 2) times.push((user + system) / 1_000_000);
  }
  times.sort((a, b) => a - b);
  const speed = sizeOf(texts) / 1_000_000 / times[Math.floor(times.length / 2)]!;
  console.log(`${name.padEnd(14)} ${speed.toFixed(1).padStart(7)} MB/s of CPU time`);
  return speed;
}

function sizeOf(texts: readonly string[]): number {
  return texts.reduce((sum, it) => sum + it.length, 0);
}

function megabytes(size: number): string {
  return (size / 1_000_000).toFixed(1);
}
