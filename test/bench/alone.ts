// Walks a folder, reads its manifests and parses them, and does nothing else; prints the milliseconds since the process began:
// node scripts/run.mjs test/bench/alone.ts FOLDER
import { DEFAULT_MAX_SIZE, findFiles, readTextNow } from '../../server/src/hosts/files.js';
import { readHeader } from '../../server/src/yaml/header.js';
import { parseFast } from '../../server/src/yaml/parse.js';
import { splitDocuments } from '../../server/src/yaml/split.js';

const files: string[] = [];
for await (const found of findFiles(process.argv.slice(2))) files.push(...found);
let parsed = 0;
for (const file of files) {
  const read = readTextNow(file, DEFAULT_MAX_SIZE);
  for (const { text } of 'text' in read ? splitDocuments(read.text) : []) {
    // What is no manifest never reaches a parser.
    const { apiVersion, kind } = readHeader(text);
    if (apiVersion !== undefined && kind !== undefined && parseFast(text) !== undefined) parsed++;
  }
}
console.log(JSON.stringify({ milliseconds: performance.now(), files: files.length, parsed }));
