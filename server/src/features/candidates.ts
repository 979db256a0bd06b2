import type { Resource } from '../model/resource.js';
import type { Candidate, CompletionContext } from '../rules/editor.js';
import type { Step } from './context.js';
import { isPathOf, namesKind } from './kinds.js';
import type { Snapshot } from './snapshot.js';

/** What is known of the place of a value, for whoever has names for it. */
export interface ValuePlace {
  readonly resource: Resource;
  readonly path: readonly Step[];
  readonly written: string;
  readonly fileText: string;
  readonly textAt: CompletionContext['textAt'];
  readonly textsAt: CompletionContext['textsAt'];
  readonly leaveOut?: () => void;
}

/** Names of the workspace that fit a place, the best first. */
export function candidatesAt(snapshot: Snapshot, place: ValuePlace): readonly Candidate[] {
  const { resource, path, written, fileText, textAt, textsAt, leaveOut = () => undefined } = place;
  const context: CompletionContext = {
    resource,
    look: snapshot.look(resource.scope),
    keysOf: (table) => snapshot.keysOf(table),
    path,
    textAt,
    textsAt,
    other: (id) => {
      const view = snapshot.resource(id);
      return view && { resource: view.resource, text: view.document.text };
    },
    written,
    leaveOut,
    text: fileText,
  };
  const found: Candidate[] = [];
  const seen = new Set<string>();
  for (const module of snapshot.modules) {
    for (const source of module.editor?.values ?? []) {
      if (!namesKind(source.kinds, module, snapshot.modules, resource) || !isPathOf(source.paths, path)) continue;
      for (const candidate of source.complete(context)) {
        if (seen.has(candidate.label)) continue;
        seen.add(candidate.label);
        found.push(candidate);
      }
    }
  }
  return found.sort((a, b) => a.rank - b.rank);
}
