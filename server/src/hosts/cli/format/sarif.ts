import { pathToFileURL } from 'node:url';
import { rulePage } from '../../../rules/page.js';
import type { RuleMeta, Severity } from '../../../rules/rule.js';
import type { Range } from '../../../text/range.js';
import { fingerprints, pathFrom } from './identity.js';
import { nameOf, type Finding, type Report, type ReportedFile, type Surroundings } from './report.js';

/** SARIF 2.1.0, as code scanning reads it: one run, the rules that reported something with their pages, files relative to the repository. */
export function formatSarif({ findings, summary }: Report, { rules, version, folder }: Surroundings): string {
  const reported = [...new Set(findings.map((it) => it.diagnostic.rule))].sort();
  const prints = fingerprints(findings, folder);
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Meshwright',
            version,
            rules: reported.map((id) =>
              descriptor(
                id,
                rules.find((it) => it.id === id),
              ),
            ),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: summary.isComplete,
            toolExecutionNotifications: summary.unread.map(({ file, reason }) => ({
              level: 'warning',
              message: { text: `${file}: ${reason}` },
            })),
          },
        ],
        results: findings.map((it, i) => ({
          ...resultOf(it, folder),
          ruleIndex: reported.indexOf(it.diagnostic.rule),
          partialFingerprints: { 'meshwright/v1': prints[i] },
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 1)}\n`;
}

const LEVELS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };

function descriptor(id: string, rule: RuleMeta | undefined): unknown {
  if (!rule) return { id };
  return {
    id,
    shortDescription: { text: `${rule.title}.` },
    fullDescription: { text: rule.why },
    help: { text: `${rule.why} ${rule.remedy}`, markdown: rulePage(rule) },
    defaultConfiguration: { level: LEVELS[rule.severity] },
    properties: { tags: [rule.category, ...(rule.peers ?? [])] },
  };
}

function resultOf({ diagnostic, file, resource, related, fixes }: Finding, folder: string): object {
  const logical = resource ? { logicalLocations: [{ name: resource.name, fullyQualifiedName: nameOf(resource), kind: 'resource' }] } : {};
  return {
    ruleId: diagnostic.rule,
    level: LEVELS[diagnostic.severity],
    message: { text: diagnostic.message },
    locations: [{ physicalLocation: physical(file, diagnostic.range, folder), ...logical }],
    relatedLocations: related.map((it, i) => ({
      id: i + 1,
      message: { text: it.message },
      physicalLocation: physical(it.file, it.range, folder),
    })),
    properties: { category: diagnostic.category, peers: diagnostic.peers, fixes: fixes.map((it) => it.title) },
  };
}

/** Lines and columns count from 1, and the end column is the one behind the last character. */
function physical(file: ReportedFile, range: Range, folder: string): unknown {
  const start = file.lines.positionAt(range.start);
  const end = file.lines.positionAt(range.end);
  return {
    artifactLocation: artifact(pathFrom(folder, file)),
    region: { startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 },
  };
}

function artifact(path: string): unknown {
  if (/^([/\\]|[A-Za-z]:)/.test(path)) return { uri: pathToFileURL(path).href };
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}
