import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createHost } from '../../server/src/analysis/analyze.js';
import { diagnosticsOf } from '../../server/src/analysis/diagnostics.js';
import { meshes } from '../../server/src/meshes/index.js';

// Rules are passed over where a document lacks every word that they look for, and files where nothing is known to be found. It may never
// show: `check` sees to it on the fixtures of every rule, and this on real manifests.

const CORPUS = path.join(import.meta.dirname, '../../../shared/corpus');
const suites = existsSync(CORPUS) ? readdirSync(CORPUS, { withFileTypes: true }).filter((it) => it.isDirectory()) : [];
if (suites.length === 0) console.log('dispatch: no ../shared/corpus, the fixtures of rules must do');

test.each(suites.map((it) => it.name))('passing rules over makes no difference in %s', (suite) => {
  for (const entry of readdirSync(path.join(CORPUS, suite), { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const files = filesIn(path.join(CORPUS, suite, entry.name));
    for (const world of ['closed', 'open']) expect(found(files, world, false), `${suite}/${entry.name}`).toEqual(found(files, world, true));
  }
});

test('words of systems and rules are written as manifests have them', () => {
  for (const { presence, rules, extensions = [] } of meshes) {
    for (const words of [
      presence?.words,
      ...extensions.map((it) => it.mentions),
      ...rules.flatMap((it) => [it.mentions, it.workspaceMentions]),
    ]) {
      if (words === undefined) continue;
      expect(words.length).toBeGreaterThan(0);
      for (const word of words) expect(word).toMatch(/^(?:[\w./$-]{2,}|@)$/);
    }
  }
});

test('words of a rule for one of its kinds are for a kind that it has', () => {
  for (const { rules } of meshes)
    for (const { id, kinds, mentionsIn = {} } of rules) for (const kind of Object.keys(mentionsIn)) expect(kinds, id).toContain(kind);
});

interface File {
  readonly uri: string;
  readonly text: string;
}

function found(files: readonly File[], world: string, runsAll: boolean) {
  const host = createHost({ runsAll });
  host.setSettings({ world });
  host.apply(files);
  host.work();
  return files.flatMap(({ uri }) =>
    diagnosticsOf(host, uri).map((it) => `${it.uri}:${it.range.start}-${it.range.end} ${it.severity} ${it.rule} ${it.message}`),
  );
}

function filesIn(folder: string): readonly File[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((it) => /\.(ya?ml|json)$/.test(it) && !/(^|\/)case\.json$/.test(it))
    .sort()
    .slice(0, 400)
    .map((it) => ({ uri: `file:///corpus/${it}`, text: readFileSync(path.join(folder, it), 'utf8') }));
}
