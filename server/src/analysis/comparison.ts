import { escapeMarkdown, linkToPlace } from '../features/hover.js';
import type { Snapshot } from '../features/snapshot.js';
import { displayName } from '../model/resource.js';
import { counted } from '../text/words.js';
import { compareRevisions, rollbackOf, type Step } from './transitions.js';
import type { AnalysisHost } from './host.js';

/** What is dangerous on the way from a revision to the workspace as it is, for people to read. */
export interface Comparison {
  readonly markdown: string;
  readonly count: number;
  /** Manifests to apply, and to delete, to go back; empty where there are none. */
  readonly restore: string;
  readonly remove: string;
}

export interface ComparedNames {
  /** What the earlier revision is called. */
  readonly revision: string;
  readonly uriOf: (uri: string) => string;
}

export function comparisonOf(before: AnalysisHost, after: AnalysisHost, snapshot: Snapshot, names: ComparedNames): Comparison {
  const steps = compareRevisions(before, after);
  const since = escapeMarkdown(names.revision);
  const title = steps.length === 0 ? `Nothing dangerous since ${since}` : `${counted(steps.length, 'dangerous step')} since ${since}`;
  const sections = steps.map((it) => sectionOf(it, after, snapshot, names));
  return { markdown: `${[`# ${title}`, ...sections].join('\n\n')}\n`, count: steps.length, ...rollbackOf(steps) };
}

function sectionOf({ diagnostic, host, state }: Step, after: AnalysisHost, snapshot: Snapshot, { revision, uriOf }: ComparedNames): string {
  const isNow = host === after;
  const line = (host.file(diagnostic.uri)?.lines.positionAt(diagnostic.range.start).line ?? 0) + 1;
  // What is gone can be shown nowhere.
  const place = isNow
    ? linkToPlace(snapshot, diagnostic, { uriOf })
    : `\`${snapshot.displayPath(diagnostic.uri)}:${line}\` at ${escapeMarkdown(revision)}`;
  const about = [
    `\`${diagnostic.rule}\``,
    diagnostic.severity,
    place,
    escapeMarkdown(`${state.resource.kind} ${displayName(state.resource)}`),
  ];
  return `## ${escapeMarkdown(diagnostic.message)}\n\n${about.join(' · ')}`;
}
