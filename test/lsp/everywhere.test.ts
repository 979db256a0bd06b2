import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { createHost } from '../../server/src/analysis/analyze.js';
import { findingsIn, snapshotOf } from '../../server/src/analysis/workspace.js';
import { editsOf, fixAll } from '../../server/src/features/actions.js';
import { completion } from '../../server/src/features/completion.js';
import { definition, highlights, references } from '../../server/src/features/definition.js';
import { foldingRanges, selectionRanges } from '../../server/src/features/folding.js';
import { hover } from '../../server/src/features/hover.js';
import { prepareRename, rename } from '../../server/src/features/rename.js';
import { documentSymbols } from '../../server/src/features/symbols.js';
import { bundledSchemas } from '../../server/src/hosts/schemas.js';
import { applyEdits } from '../../server/src/text/edit.js';

const sample = fileURLToPath(new URL('../../examples/adoption-guide', import.meta.url));
const files = readdirSync(sample, { recursive: true, encoding: 'utf8' })
  .filter((it) => it.endsWith('.yaml'))
  .sort()
  .map((name) => ({ uri: `file:///sample/${name}`, text: readFileSync(path.join(sample, name), 'utf8') }));

function world(changed?: { readonly uri: string; readonly text: string }): {
  host: ReturnType<typeof createHost>;
  snapshot: ReturnType<typeof snapshotOf>;
} {
  const host = createHost({
    schemas: bundledSchemas(),
    onFailure: (what, where, error) => {
      throw new Error(`${what} failed on ${where}`, { cause: error });
    },
  });
  host.apply(files.map((it) => (it.uri === changed?.uri ? changed : it)));
  return { host, snapshot: snapshotOf(host, bundledSchemas(), (uri) => uri) };
}

/** Asks everything at a place; answers must lie within their file. */
function askAll({ snapshot }: ReturnType<typeof world>, uri: string, offset: number): void {
  const text = snapshot.file(uri)!.text;
  const within = ({ start, end }: { readonly start: number; readonly end: number }): void => {
    if (start < 0 || end < start || end > text.length) throw new Error(`${start}-${end} is outside of ${uri} at ${offset}`);
  };
  const told = hover(snapshot, uri, offset, { uriOf: (it) => it, isTrusted: false });
  if (told) within(told.range);
  for (const proposal of completion(snapshot, uri, offset)) {
    within(proposal.replace);
    if (proposal.insert.start !== proposal.replace.start || offset < proposal.insert.start || offset > proposal.replace.end)
      throw new Error(`"${proposal.label}" does not stand at the cursor ${offset} of ${uri}`);
  }
  for (const link of definition(snapshot, uri, offset)) within(link.from);
  references(snapshot, uri, offset, true);
  for (const it of highlights(snapshot, uri, offset)) within(it.range);
  const renameable = prepareRename(snapshot, uri, offset);
  if (renameable && !('reason' in renameable)) {
    within(renameable.range);
    rename(snapshot, uri, offset, 'other-name');
  }
  const ranges = selectionRanges(snapshot, uri, offset);
  for (const [i, range] of ranges.entries()) {
    within(range);
    const inner = ranges[i - 1];
    if (inner && (inner.start < range.start || inner.end > range.end)) throw new Error(`selections at ${offset} of ${uri} do not nest`);
  }
}

test('every question has an answer at every place of the sample', () => {
  const all = world();
  for (const { uri, text } of files) for (let offset = 0; offset <= text.length; offset += 3) askAll(all, uri, offset);
});

test('and in files that are being typed: cut anywhere, or with a line gone', () => {
  for (const { uri, text } of files.filter((it) => /checkout|access|peer|gateway/.test(it.uri))) {
    for (let at = 20; at < text.length; at += 97) {
      const lineEnd = text.indexOf('\n', at);
      for (const broken of [text.slice(0, at), text.slice(0, at) + text.slice(lineEnd < 0 ? text.length : lineEnd)]) {
        const cut = world({ uri, text: broken });
        for (const offset of [at - 1, Math.min(at, broken.length)]) askAll(cut, uri, offset);
        documentSymbols(cut.snapshot, uri);
        foldingRanges(cut.snapshot, uri);
        findingsIn(cut.host, uri);
      }
    }
  }
});

test('every fix of the sample can be applied, and fix-all leaves nothing for itself', () => {
  const { host, snapshot } = world();
  for (const { uri } of files) {
    for (const finding of findingsIn(host, uri)) {
      for (const fix of finding.fixes()) {
        for (const { uri: target, edits } of editsOf(snapshot, finding, fix)!) applyEdits(snapshot.file(target)!.text, edits);
      }
    }
    for (const { uri: target, edits } of fixAll(snapshot, findingsIn(host, uri))) {
      host.apply([{ uri: target, text: applyEdits(snapshot.file(target)!.text, edits) }]);
    }
    expect(fixAll(snapshot, findingsIn(host, uri))).toEqual([]);
  }
});
