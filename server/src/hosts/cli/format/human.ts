import type { Severity } from '../../../rules/rule.js';
import type { Paint } from '../color.js';
import { harmless } from '../io.js';
import { excerptOf } from './excerpt.js';
import { nameOf, placeOf, shownFindings, type Finding, type Loudness, type Report, type Summary } from './report.js';

/** Findings as people read them: what, where, evidence, what to do. Hints only where asked for. */
export function formatFindings({ findings }: Report, loudness: Loudness, paint: Paint): string {
  const shown = shownFindings(findings, loudness);
  if (loudness === 'quiet') return shown.map((it) => `${placeOf(it.file, it.diagnostic.range)}: ${headline(it, paint)}\n`).join('');
  return shown.map((it) => `${formatFinding(it, paint)}\n`).join('');
}

/** What was looked at, and what was not. */
export function formatSummary({ summary }: Report, loudness: Loudness, paint: Paint): string {
  if (loudness === 'quiet') return unreadLines(summary).join('');
  const lines = [...unreadLines(summary), `${totals(summary, loudness, paint)}\n`];
  if (summary.resources > 0) lines.push(...notes(summary, loudness, paint));
  else if (loudness === 'verbose') lines.push(...passedOverLines(summary, paint));
  return lines.join('');
}

/** What `--fix` did, or with `isDry` would do, and which rules leave a decision to people. */
export function formatRepair(fixes: number, files: number, left: readonly Finding[], isDry: boolean): string {
  const done = fixes === 0 ? 'Nothing to fix.' : `${isDry ? '' : 'Made '}${count(fixes, 'fix', 'fixes')} in ${count(files, 'file')}.`;
  const byRule = new Map<string, number>();
  const shown = left.filter((it) => it.diagnostic.severity !== 'hint');
  for (const { diagnostic } of shown) byRule.set(diagnostic.rule, (byRule.get(diagnostic.rule) ?? 0) + 1);
  if (shown.length === 0) return `${done}\n`;
  const rules = [...byRule].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([rule, number]) => `${rule} (${number})`);
  return `${done} ${count(shown.length, 'finding')} ${shown.length === 1 ? 'needs' : 'need'} a decision: ${rules.join(', ')}.\n`;
}

function formatFinding(finding: Finding, paint: Paint): string {
  const { diagnostic, file, resource, related, fixes } = finding;
  const lines = [headline(finding, paint), `  --> ${placeOf(file, diagnostic.range)}${resource ? `  ${nameOf(resource)}` : ''}`];
  const excerpt = excerptOf(file, diagnostic.range);
  if (excerpt) {
    for (const { gutter, text } of excerpt.lines) lines.push(`${paint.dim(`${gutter} |`)}${text === '' ? '' : ` ${text}`}`);
    const { gutter, indent, carets } = excerpt.marks;
    lines.push(`${paint.dim(`${gutter} |`)} ${indent}${paint.severity(diagnostic.severity, carets)}`);
  }
  for (const it of related) lines.push(`  --> ${placeOf(it.file, it.range)}  ${harmless(it.message)}`);
  if (fixes.length > 0) lines.push(`  fix: ${fixes.map((it) => harmless(it.title)).join(' | ')}`);
  if (diagnostic.peers.length > 0) lines.push(paint.dim(`  also known as ${peerNames(diagnostic.peers)}`));
  return `${lines.join('\n')}\n`;
}

function headline({ diagnostic }: Finding, paint: Paint): string {
  const { severity, rule, message } = diagnostic;
  return `${paint.severity(severity, severity)}[${paint.bold(rule)}] ${harmless(message)}`;
}

/** Codes without what qualifies them: other tools print `IST0101`, not `IST0101:host`. */
function peerNames(peers: readonly string[]): string {
  return [...new Set(peers.map((it) => it.split(':')[0]))].join(', ');
}

function totals(summary: Summary, loudness: Loudness, paint: Paint): string {
  const read = summary.files + summary.passedOver.length;
  if (summary.resources === 0) {
    const folders = summary.asked.map((it) => `"${harmless(it)}"`).join(', ');
    return `No mesh resources in ${folders} (${count(read, 'YAML file')} read).`;
  }
  const scopes = summary.scopes === 0 ? [] : [count(summary.scopes, 'scope')];
  const details = [count(summary.files, 'file'), ...scopes, `${summary.world} world`, `${summary.seconds.toFixed(1)} s`];
  const scale = `${count(summary.resources, 'resource')} ${paint.dim(`(${details.join(', ')})`)}.`;
  const shown = (['error', 'warning', 'info'] as const)
    .filter((it) => summary.counts[it] > 0)
    .map((it) => paint.severity(it, told(summary.counts[it], it)));
  const { hint } = summary.counts;
  if (hint > 0 && loudness === 'verbose') shown.push(paint.severity('hint', told(hint, 'hint')));
  const hidden = hint > 0 && loudness === 'normal' ? paint.dim(` ${told(hint, 'hint')}: -v shows ${hint === 1 ? 'it' : 'them'}.`) : '';
  const fixable = summary.fixable > 0 ? paint.dim(` ${grouped(summary.fixable)} can be fixed: --fix`) : '';
  return `${shown.length === 0 ? 'No problems' : shown.join(', ')} in ${scale}${hidden}${fixable}`;
}

function notes(summary: Summary, loudness: Loudness, paint: Paint): string[] {
  const { passedOver, templates, known, gone } = summary;
  const notes: string[] = [];
  if (known > 0) notes.push(`Known from the baseline: ${count(known, 'finding')}.`);
  if (gone > 0) notes.push(`No longer found: ${gone} of the baseline; --write-baseline takes ${gone === 1 ? 'it' : 'them'} out.`);
  if (passedOver.length > 0) notes.push(`Passed over: ${count(passedOver.length, 'file')} without mesh resources.`);
  if (templates > 0) notes.push(`Partly read: ${count(templates, 'Helm template')}.`);
  const lines = notes.length === 0 ? [] : [`${paint.dim(notes.join(' '))}\n`];
  if (loudness === 'verbose') lines.push(...passedOverLines(summary, paint));
  return lines;
}

function passedOverLines({ passedOver }: Summary, paint: Paint): string[] {
  return passedOver.map(({ file, reason }) => paint.dim(`  ${harmless(file)}: ${reason}`) + '\n');
}

function unreadLines({ unread }: Summary): string[] {
  return unread.map(({ file, reason }) => `meshwright: ${harmless(file)}: ${reason}\n`);
}

function told(number: number, severity: Severity): string {
  return severity === 'info' ? `${number} info` : count(number, severity);
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${grouped(number)} ${number === 1 ? one : many}`;
}

/** 4738 is `4,738`, whatever the locale. */
function grouped(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}
