import { harmless } from '../io.js';
import { placeOf, type Finding, type Report } from './report.js';

/**
 * JUnit's XML: a suite for each file with findings, a case for each finding. Those that make the run fail are failures; JUnit has no
 * other shade, so the rest are cases that passed, with what was found as their output.
 */
export function formatJunit({ findings, summary }: Report, isFailing: (finding: Finding) => boolean): string {
  const suites = new Map<string, Finding[]>();
  for (const it of findings) suites.set(it.file.shown, [...(suites.get(it.file.shown) ?? []), it]);
  const failures = findings.filter(isFailing).length;
  const time = summary.seconds.toFixed(3);
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>'];
  lines.push(`<testsuites name="meshwright" tests="${Math.max(1, findings.length)}" failures="${failures}" errors="0" time="${time}">`);
  for (const [file, found] of suites) {
    const failed = found.filter(isFailing).length;
    lines.push(`  <testsuite name="${escape(file)}" tests="${found.length}" failures="${failed}" errors="0">`);
    for (const it of found) lines.push(...caseOf(it, isFailing(it)));
    lines.push('  </testsuite>');
  }
  // Readers take a report without any case for one that was not written.
  if (findings.length === 0) {
    const name = `no problems in ${summary.resources} resources of ${summary.files} files`;
    lines.push('  <testsuite name="meshwright" tests="1" failures="0" errors="0">');
    lines.push(`    <testcase classname="meshwright" name="${name}"/>`, '  </testsuite>');
  }
  lines.push('</testsuites>');
  return `${lines.join('\n')}\n`;
}

function caseOf({ diagnostic, file, related }: Finding, isFailure: boolean): string[] {
  const { severity, rule, message, range } = diagnostic;
  const place = placeOf(file, range);
  const text = [
    `${place}: ${severity}[${rule}] ${harmless(message)}`,
    ...related.map((it) => `${placeOf(it.file, it.range)}: ${harmless(it.message)}`),
  ].join('\n');
  return [
    `    <testcase classname="${escape(file.shown)}" name="${escape(`${rule} at ${place}`)}">`,
    isFailure
      ? `      <failure type="${severity}" message="${escape(harmless(message))}">${escape(text)}</failure>`
      : `      <system-out>${escape(text)}</system-out>`,
    '    </testcase>',
  ];
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text in XML, which cannot hold control characters, halves of pairs and U+FFFE at all. */
function escape(text: string): string {
  return text
    .split('\n')
    .map((it) => harmless(it).replace(/[\p{Cs}\ufffe\uffff]/gu, '?'))
    .join('\n')
    .replace(/[&<>"']/g, (it) => ENTITIES[it]!);
}
