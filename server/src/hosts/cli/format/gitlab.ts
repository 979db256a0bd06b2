import type { Severity } from '../../../rules/rule.js';
import { fingerprints, pathFrom } from './identity.js';
import type { Report } from './report.js';

const SEVERITIES: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'major', info: 'minor', hint: 'info' };

/** A Code Quality report of GitLab; `folder` is the root of the repository. */
export function formatGitlab({ findings }: Report, folder: string): string {
  const prints = fingerprints(findings, folder);
  const lines = findings.map(({ diagnostic, file }, i) =>
    JSON.stringify({
      description: diagnostic.message,
      check_name: diagnostic.rule,
      fingerprint: prints[i],
      severity: SEVERITIES[diagnostic.severity],
      location: {
        path: pathFrom(folder, file),
        lines: {
          begin: file.lines.positionAt(diagnostic.range.start).line + 1,
          end: file.lines.positionAt(diagnostic.range.end).line + 1,
        },
      },
    }),
  );
  return lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n`;
}
