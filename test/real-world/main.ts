import { readdirSync } from 'node:fs';
import path from 'node:path';
import { analyze } from '../../server/src/analysis/analyze.js';
import type { AnalysisHost } from '../../server/src/analysis/host.js';
import { findFiles, isOnDisk, readTexts, uriOf } from '../../server/src/hosts/files.js';
import { bundledSchemas } from '../../server/src/hosts/schemas.js';
import { readHeader } from '../../server/src/yaml/header.js';

// What Meshwright makes of whole repositories, a row each: node scripts/run.mjs test/real-world/main.ts [FOLDER OF REPOSITORIES]
const folder = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, '../../../shared/corpus/real-world'));

const columns = ['repository', 'files', 'scopes', 'documents understood', 'namespaces resolved', 'errors', 'warnings', 'infos', 'hints'];
console.log(`| ${columns.join(' | ')} |\n| --- |${' ---: |'.repeat(columns.length - 1)}`);
for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
  if (entry.isDirectory())
    console.log(`| ${[entry.name.replace('__', '/'), ...(await rowOf(path.join(folder, entry.name)))].join(' | ')} |`);
}

async function rowOf(repository: string): Promise<readonly (string | number)[]> {
  const names: string[] = [];
  for await (const files of findFiles([repository])) names.push(...files);
  const files: { uri: string; text: string }[] = [];
  for await (const [file, read] of readTexts(names)) if ('text' in read) files.push({ uri: uriOf(file), text: read.text });
  const { host, diagnostics } = analyze(files, {}, { schemas: bundledSchemas(), isOnDisk });
  const count = (severity: string): number => diagnostics.filter((it) => it.severity === severity).length;
  const { manifests, understood, unstated, resolved } = readingOf(host);
  return [
    files.length,
    host.plan.scopes.length,
    share(understood, manifests),
    share(resolved, unstated),
    ...['error', 'warning', 'info', 'hint'].map(count),
  ];
}

/** How many manifests there are and are read, and how many resources state no namespace and get one all the same. */
function readingOf(host: AnalysisHost): Record<'manifests' | 'understood' | 'unstated' | 'resolved', number> {
  const counts = { manifests: 0, understood: 0, unstated: 0, resolved: 0 };
  for (const { slots } of host.files()) {
    for (const { document } of slots) {
      const { apiVersion, kind } = readHeader(document.text);
      if (apiVersion !== undefined && kind !== undefined) counts.manifests++;
      if (document.built.length === 0) continue;
      counts.understood++;
      for (const { resource, stated, kind: known, placement } of document.built) {
        if (known?.namespaced === false || stated.namespace !== undefined || placement.isPatch) continue;
        counts.unstated++;
        if (resource.namespace !== undefined) counts.resolved++;
      }
    }
  }
  return counts;
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${part} of ${whole}`;
}
