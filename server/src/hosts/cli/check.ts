import { analyze } from '../../analysis/analyze.js';
import { diagnosticSources, diagnosticsOf, fixesOf } from '../../analysis/diagnostics.js';
import type { AnalysisHost, SourceFile } from '../../analysis/host.js';
import { mergeSettings, type Settings } from '../../index/settings.js';
import { withToday } from '../settings-file.js';
import type { Diagnostic } from '../../rules/diagnostic.js';
import type { Severity } from '../../rules/rule.js';
import { isAtLeast } from '../../rules/severity.js';
import { bundledSchemas } from '../schemas.js';
import type { CheckArguments, FailOn } from './arguments.js';
import { paintFor } from './color.js';
import { repair, writeRepaired } from './fix.js';
import { unifiedDiff } from './format/diff.js';
import { formatFindings, formatRepair, formatSummary } from './format/human.js';
import { formatJson } from './format/json.js';
import { coverSecrets } from './format/secrets.js';
import type { Finding, Report, ReportedFile, Summary } from './format/report.js';
import { readInputs, STDIN, type Input, type Inputs } from './inputs.js';
import { say, type Io } from './io.js';
import { pathProblems } from './paths.js';
import { loadSettings, optionSettings } from './settings.js';

/** Checks what the arguments name and prints what was found. Gives the exit code. */
export async function check(asked: CheckArguments, io: Io): Promise<number> {
  const started = performance.now();
  const options = optionSettings(asked);
  const problems = [...options.problems, ...(await pathProblems(asked, io.cwd))];
  for (const problem of problems) say(io, problem);
  if (problems.length > 0) return 2;
  const loaded = await loadSettings(asked, options.settings, io);
  if (loaded.broken) return 2;

  const inputs = await readInputs(asked, loaded, io);
  const settings = withToday(
    Object.keys(inputs.clusters).length === 0 ? loaded.settings : mergeSettings(loaded.settings, { clusters: inputs.clusters }),
  );
  let failures = 0;
  const { host, diagnostics } = analyze(inputs.files, settings, {
    schemas: bundledSchemas(),
    onFailure: (what, where, error) => {
      failures++;
      say(io, `${what} failed on ${where}; all else was checked`);
      if (asked.loudness === 'verbose' && error instanceof Error) io.stderr.write(`${error.stack ?? error.message}\n`);
    },
  });
  const found = findingsOf(host, diagnostics, inputs.files);
  const repaired = asked.fix === 'no' ? undefined : await fix(host, found, inputs.files, asked, io);
  const findings = repaired?.left ?? found;
  const summary = { ...summaryOf(host, inputs, findings), seconds: (performance.now() - started) / 1000, asked: asked.paths };
  if (!repaired || asked.format === 'json') print({ findings, summary }, asked, io);

  if (failures > 0 || inputs.failed || loaded.failed || repaired?.failed) return 2;
  // A diff that was only shown leaves every problem where it is.
  return isFailing(asked.fix === 'show' ? found : findings, asked.failOn ?? failOnIn(settings)) ? 1 : 0;
}

/** Writes or shows what preferred fixes change, tells so in one line, and gives what is left to decide. */
async function fix(
  host: AnalysisHost,
  found: readonly Finding[],
  inputs: readonly Input[],
  asked: CheckArguments,
  io: Io,
): Promise<{ left: readonly Finding[]; failed: boolean }> {
  const uris = [...new Set(found.map((it) => it.diagnostic.uri))];
  const { files, count } = repair(host, uris);
  let failed = false;
  for (const { uri, path, shown } of inputs) {
    const change = files.get(uri);
    if (!change) continue;
    if (asked.fix === 'show') io.stdout.write(unifiedDiff(shown, coverSecrets(change.before), coverSecrets(change.after)));
    else if (path === STDIN) io.stdout.write(change.after);
    else {
      const problem = await writeRepaired(path, change.after);
      if (problem !== undefined) say(io, `${shown} ${problem}`);
      failed ||= problem !== undefined;
    }
  }
  const diagnostics = inputs.flatMap(({ uri }) => diagnosticsOf(host, uri));
  const left = findingsOf(host, diagnostics, inputs);
  io.stderr.write(formatRepair(count, files.size, left, asked.fix === 'show'));
  return { left, failed };
}

function findingsOf(host: AnalysisHost, diagnostics: readonly Diagnostic[], inputs: readonly Input[]): readonly Finding[] {
  const names = new Map(inputs.map((it) => [it.uri, it]));
  const files = new Map<string, ReportedFile>();
  const fileOf = (uri: string): ReportedFile => {
    let file = files.get(uri);
    if (!file) files.set(uri, (file = reportedFile(names.get(uri)!, host.file(uri)!)));
    return file;
  };
  return [...new Set(diagnostics.map((it) => it.uri))].flatMap((uri) =>
    diagnosticSources(host, uri).map((source): Finding => {
      const { diagnostic, state } = source;
      return {
        diagnostic,
        file: fileOf(uri),
        resource: state?.resource,
        fixes: fixesOf(host, source).map((it) => ({ title: it.title, preferred: it.preferred ?? false })),
        related: diagnostic.related.map((it) => ({ file: fileOf(it.uri), range: it.range, message: it.message })),
      };
    }),
  );
}

function reportedFile({ path, shown }: Input, file: SourceFile): ReportedFile {
  return { path, shown, text: file.text, lines: file.lines, starts: file.slots.map((it) => it.start) };
}

function summaryOf(host: AnalysisHost, inputs: Inputs, findings: readonly Finding[]): Omit<Summary, 'seconds' | 'asked'> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { diagnostic } of findings) counts[diagnostic.severity]++;
  const passedOver: { file: string; reason: string }[] = [];
  let files = 0;
  let resources = 0;
  let templates = 0;
  for (const { uri, shown, text } of inputs.files) {
    const slots = host.file(uri)?.slots ?? [];
    const inFile = slots.reduce((sum, { document }) => sum + document.resources.length, 0);
    if (inFile > 0) {
      files++;
      resources += inFile;
      if (/(^|\/)templates\//.test(uri) && text.includes('{{')) templates++;
    } else if (slots.every(({ document }) => document.foreign !== undefined)) {
      passedOver.push({
        file: shown,
        reason: slots.some(({ document }) => document.foreign === 'unknown-kind') ? 'no kind that Meshwright reads' : 'no manifest',
      });
    }
  }
  passedOver.sort((a, b) => (a.file < b.file ? -1 : 1));
  const fixable = findings.filter(({ fixes }) => fixes.some((it) => it.preferred)).length;
  return {
    counts,
    fixable,
    resources,
    files,
    scopes: host.plan.scopes.length,
    world: host.settings['world'] === 'closed' ? 'closed' : 'open',
    passedOver,
    templates,
    unread: inputs.unread,
  };
}

function print(report: Report, asked: CheckArguments, io: Io): void {
  if (asked.format === 'json') {
    io.stdout.write(formatJson(report));
    return;
  }
  const findings = formatFindings(report, asked.loudness, paintFor(asked.color, io.stdout, io.env));
  if (findings !== '') io.stdout.write(findings);
  const summary = formatSummary(report, asked.loudness, paintFor(asked.color, io.stderr, io.env));
  if (summary !== '') io.stderr.write(summary);
}

function failOnIn(settings: Settings): FailOn {
  const failOn = settings['failOn'];
  return failOn === 'error' || failOn === 'info' || failOn === 'never' ? failOn : 'warning';
}

function isFailing(findings: readonly Finding[], failOn: FailOn): boolean {
  return failOn !== 'never' && findings.some(({ diagnostic }) => isAtLeast(diagnostic.severity, failOn));
}
