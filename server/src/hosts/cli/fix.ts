import { readFile, writeFile } from 'node:fs/promises';
import type { AnalysisHost } from '../../analysis/host.js';
import { findingsIn, snapshotOf } from '../../analysis/workspace.js';
import { fixAll, type Finding } from '../../features/actions.js';
import { createSchemas } from '../../schema/schemas.js';
import { applyEdits } from '../../text/edit.js';
import { reasonOf } from '../files.js';

export interface Repair {
  /** Text before and after of each file that changes, by URI. */
  readonly files: ReadonlyMap<string, { readonly before: string; readonly after: string }>;
  /** Problems that are gone. */
  readonly count: number;
}

/** A fix may bring another problem to light that has one; rounds beyond these would be two fixes that undo each other. */
const ROUNDS = 8;

/** Applies every preferred fix to the host's texts, until none is left. Writes nothing. */
export function repair(host: AnalysisHost, uris: readonly string[]): Repair {
  const snapshot = snapshotOf(
    host,
    createSchemas(() => undefined),
    (uri) => uri,
  );
  const files = new Map<string, { before: string; after: string }>();
  let count = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const before = fixable(host, uris);
    const edits = fixAll(snapshot, before);
    if (edits.length === 0) break;
    host.apply(
      edits.map(({ uri, edits: ofFile }) => {
        const text = host.file(uri)!.text;
        const after = applyEdits(text, ofFile);
        files.set(uri, { before: files.get(uri)?.before ?? text, after });
        return { uri, text: after };
      }),
    );
    const left = new Set(fixable(host, uris).map(nameOf));
    const gone = before.filter((it) => !left.has(nameOf(it))).length;
    if (gone === 0) break;
    count += gone;
  }
  return { files, count };
}

/** Writes a repaired text as the file was: with its byte-order mark, if it had one. Tells why it could not. */
export async function writeRepaired(file: string, text: string): Promise<string | undefined> {
  try {
    const [first, second, third] = await readFile(file);
    const mark = first === 0xef && second === 0xbb && third === 0xbf ? '\ufeff' : '';
    await writeFile(file, mark + text);
    return undefined;
  } catch (error) {
    return `cannot be written (${reasonOf(error)})`;
  }
}

function fixable(host: AnalysisHost, uris: readonly string[]): readonly Finding[] {
  return uris.flatMap((uri) => findingsIn(host, uri).filter((it) => it.diagnostic.hasFix && it.fixes().some((fix) => fix.preferred)));
}

/** Names a finding whose place may move. */
function nameOf({ diagnostic }: Finding): string {
  return `${diagnostic.uri} ${diagnostic.rule} ${diagnostic.path} ${diagnostic.message}`;
}
