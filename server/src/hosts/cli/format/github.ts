import type { Severity } from '../../../rules/rule.js';
import { harmless } from '../io.js';
import { pathFrom } from './identity.js';
import { placeOf, type Finding, type Report } from './report.js';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' };

/** Commands that make GitHub Actions show findings at their lines; `folder` is the root of the repository. */
export function formatGithub({ findings }: Report, folder: string): string {
  return findings.map((it) => `${commandOf(it, folder)}\n`).join('');
}

function commandOf({ diagnostic, file, related, fixes }: Finding, folder: string): string {
  const start = file.lines.positionAt(diagnostic.range.start);
  const end = file.lines.positionAt(diagnostic.range.end);
  const properties = {
    file: pathFrom(folder, file),
    line: start.line + 1,
    endLine: end.line + 1,
    col: start.character + 1,
    // Columns of a mark over several lines are taken for those of its first one.
    ...(end.line === start.line ? { endColumn: end.character + 1 } : {}),
    title: diagnostic.rule,
  };
  const text = [
    harmless(diagnostic.message),
    ...related.map((it) => `${placeOf(it.file, it.range)}: ${harmless(it.message)}`),
    ...(fixes.length > 0 ? [`fix: ${fixes.map((it) => harmless(it.title)).join(' | ')}`] : []),
  ].join('\n');
  const written = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${COMMANDS[diagnostic.severity]} ${written.join(',')}::${escapeText(text)}`;
}

function escapeText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
