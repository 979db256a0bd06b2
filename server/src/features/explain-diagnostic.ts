import { displayName, type Site } from '../model/resource.js';
import { rulePage } from '../rules/page.js';
import type { Certainty, Rule, RuleMeta } from '../rules/rule.js';
import { compareSeverity } from '../rules/severity.js';
import { overlaps, touches, type Range } from '../text/range.js';
import type { Finding } from './actions.js';
import { escapeMarkdown, linkToPlace } from './hover.js';
import { placeOf, type Place, type Snapshot } from './snapshot.js';

/** One question that a check asked, and its answer. */
export interface LookedUp {
  readonly name: string;
  readonly key: string;
  /** `none`, `2 found`, `yes`, or the names themselves. */
  readonly answer: string;
  readonly sites: readonly Site[];
}

/** Why a diagnostic is shown. */
export interface Grounds {
  readonly rule: (RuleMeta & Partial<Pick<Rule, 'fix'>>) | undefined;
  readonly certainty: Certainty;
  readonly world: 'open' | 'closed';
  /** Whether settings gave it another severity than it has by itself. */
  readonly isChosen: boolean;
  readonly scopes: readonly string[];
  readonly lookedUp: readonly LookedUp[];
}

/** Questions and places that a page lists at most. */
const MOST = { questions: 12, sites: 3 };

/** The finding that somebody asks about: the worst one in a range, of one rule where that is named. */
export function findingAt(findings: readonly Finding[], range: Range, rule?: string): Finding | undefined {
  return findings
    .filter(({ diagnostic }) => rule === undefined || diagnostic.rule === rule)
    .filter(({ diagnostic: { range: at } }) => overlaps(at, range) || touches(at, range.start) || touches(at, range.end))
    .sort((a, b) => compareSeverity(a.diagnostic.severity, b.diagnostic.severity) || length(a) - length(b))[0];
}

/** The page of a finding, in Markdown: evidence, what was looked up, why this severity, then the page of its rule. */
export function explainDiagnostic(snapshot: Snapshot, finding: Finding, uriOf: (uri: string) => string): string {
  const { diagnostic, view } = finding;
  const grounds = finding.grounds?.();
  const link = (place: Place): string => linkToPlace(snapshot, place, { uriOf });
  const where = [`\`${diagnostic.rule}\``, diagnostic.severity, link(diagnostic)];
  if (view) where.push(escapeMarkdown(`${view.resource.kind} ${displayName(view.resource)}`));
  const evidence = diagnostic.related.map((it) => `- ${link(it)}: ${escapeMarkdown(it.message)}`);
  const looked = (grounds?.lookedUp ?? []).slice(0, MOST.questions).map((it) => `- ${question(snapshot, it, link)}`);
  const sections = [
    `# ${escapeMarkdown(diagnostic.message)}`,
    where.join(' · '),
    `## Evidence\n\n${evidence.length === 0 ? 'The marked text itself.' : evidence.join('\n')}`,
    ...(looked.length === 0 ? [] : [`## Looked up\n\n${looked.join('\n')}`]),
    ...(grounds?.rule === undefined ? [] : [`## Why ${diagnostic.severity}\n\n${whySeverity(grounds, diagnostic.severity)}`]),
    ...(grounds?.rule === undefined ? [] : [`---\n\n${rulePage(grounds.rule).trimEnd()}`]),
  ];
  return `${sections.join('\n\n')}\n`;
}

function question(snapshot: Snapshot, { name, key, answer, sites }: LookedUp, link: (place: Place) => string): string {
  const asked = `${words(name)}${key === '' ? '' : ` ${code(key)}`}`;
  const places = sites.flatMap((site) => placeOf(snapshot, site.resource, site.range) ?? []);
  const shown = places.slice(0, MOST.sites).map(link);
  const more = places.length > shown.length ? ` and ${places.length - shown.length} more` : '';
  return `${asked}: ${shown.length === 0 ? escapeMarkdown(answer) : `${shown.join(', ')}${more}`}`;
}

function whySeverity({ rule, certainty, world, isChosen, scopes }: Grounds, shown: string): string {
  const lines = [CERTAINTY[certainty]];
  if (isChosen) lines.push(`Settings make it ${shown}.`);
  else if (world === 'open' && certainty !== 'proven' && rule?.severity !== shown)
    lines.push(`The world is open, so that this is ${shown} instead of ${rule!.severity}; with \`world: closed\` it is ${rule!.severity}.`);
  else if (rule?.severity !== shown) lines.push(`The rule itself has severity ${rule!.severity}; this case of it has ${shown}.`);
  if (scopes.length > 0) lines.push(`Looked at in scope ${scopes.map((it) => `"${escapeMarkdown(it)}"`).join(', ')}.`);
  return lines.join(' ');
}

const CERTAINTY: Readonly<Record<Certainty, string>> = {
  proven: 'The files at hand show it, whatever else there is.',
  near: 'The name is in no file at hand, and one that is differs from it by a slip of the pen.',
  owned: 'It is in no file at hand, and this workspace holds others of its kind, so that it would be here.',
  unseen: 'It is in no file at hand; it may exist elsewhere.',
};

/** `ownersOfHost` reads "owners of host". */
function words(name: string): string {
  return name.replace(/[A-Z]+(?![a-z])|[A-Z]/g, (it) => ` ${it.length > 1 ? it : it.toLowerCase()}`);
}

function code(key: string): string {
  return key.includes('`') ? escapeMarkdown(key) : `\`${key}\``;
}

function length({ diagnostic: { range } }: Finding): number {
  return range.end - range.start;
}
