import type { Range } from '../../../text/range.js';
import type { Finding, Report, ReportedFile, Summary } from './report.js';

/** Every finding, hints too, as JSON: one a line, so that two outputs can be compared as text. Ranges are those of LSP. */
export function formatJson({ findings, summary }: Report): string {
  const lines = findings.map((it) => JSON.stringify(jsonFinding(it)));
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n]`;
  return `{"diagnostics":${list},"summary":${JSON.stringify(jsonSummary(summary))}}\n`;
}

function jsonFinding({ diagnostic, file, resource, fixes, related }: Finding): unknown {
  return {
    rule: diagnostic.rule,
    peers: diagnostic.peers,
    severity: diagnostic.severity,
    category: diagnostic.category,
    message: diagnostic.message,
    file: file.path,
    range: jsonRange(file, diagnostic.range),
    path: diagnostic.path,
    resource: resource && {
      apiVersion: resource.apiVersion,
      kind: resource.kind,
      namespace: resource.namespace ?? null,
      name: resource.name,
    },
    scopes: diagnostic.scopes ?? [],
    fixes: fixes.map(({ title, preferred }) => ({ title, preferred })),
    related: related.map((it) => ({ file: it.file.path, range: jsonRange(it.file, it.range), message: it.message })),
  };
}

function jsonSummary(summary: Summary): unknown {
  const { error, warning, info, hint } = summary.counts;
  return {
    errors: error,
    warnings: warning,
    infos: info,
    hints: hint,
    fixable: summary.fixable,
    known: summary.known,
    resources: summary.resources,
    files: summary.files,
    scopes: summary.scopes,
    passedOver: summary.passedOver.length,
    templates: summary.templates,
    unread: summary.unread,
    world: summary.world,
    seconds: Number(summary.seconds.toFixed(3)),
  };
}

function jsonRange({ lines }: ReportedFile, { start, end }: Range): unknown {
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}
