import path, { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyze, createHost } from '../../analysis/analyze.js';
import { compareDiagnostics, diagnosticSources, fixesOf } from '../../analysis/diagnostics.js';
import type { AnalysisHost } from '../../analysis/host.js';
import type { SourceFile } from '../../analysis/state.js';
import { compareRevisions } from '../../analysis/transitions.js';
import { mergeSettings, settingIn, type Settings } from '../../index/settings.js';
import { withToday } from '../settings-file.js';
import type { Severity } from '../../rules/rule.js';
import { isAtLeast } from '../../rules/severity.js';
import type { Rendering } from '../../sources/rendering.js';
import { endOfLink } from '../files.js';
import { Helm, NOT_INSTALLED } from '../helm.js';
import { filesAt } from '../revision.js';
import { bundledSchemas } from '../schemas.js';
import type { CheckArguments, FailOn } from './arguments.js';
import { compare, readBaseline, writeBaseline, type Compared } from './baseline.js';
import { paintFor } from './color.js';
import { allRules } from './explain.js';
import { repair, writeRepaired } from './fix.js';
import { unifiedDiff } from './format/diff.js';
import { formatGithub } from './format/github.js';
import { formatGitlab } from './format/gitlab.js';
import { formatFindings, formatRepair, formatSummary } from './format/human.js';
import { formatJson } from './format/json.js';
import { formatJunit } from './format/junit.js';
import { formatSarif } from './format/sarif.js';
import { coverSecrets } from './format/secrets.js';
import { shownFindings, type Finding, type Report, type ReportedFile, type Summary } from './format/report.js';
import { excludedIn, findInputs, STDIN, type FoundInputs, type Input, type Inputs } from './inputs.js';
import { say, type Io } from './io.js';
import { pathProblems, repositoryOf, shownPath } from './paths.js';
import { writeRollback } from './rollback.js';
import { loadSettings, optionSettings, type CheckSettings } from './settings.js';
import { version } from './version.js';

/** Checks what the arguments name and prints what was found. Gives the exit code. */
export async function check(asked: CheckArguments, io: Io): Promise<number> {
  const started = performance.now();
  const options = optionSettings(asked);
  const problems = [...options.problems, ...(await pathProblems(asked, io.cwd))];
  for (const problem of problems) say(io, problem);
  if (problems.length > 0) return 2;
  const loaded = await loadSettings(asked, options.settings, io);
  if (loaded.broken) return 2;

  const baseline = asked.writesBaseline || !loaded.baseline.isNamed ? undefined : await readBaseline(loaded.baseline.file);
  const unusable = baseline && 'problem' in baseline;
  if (unusable) {
    say(io, `${shownPath(loaded.baseline.file, io.cwd)} ${baseline.problem}`);
    if (asked.baseline !== undefined) return 2;
  }

  const found = await findInputs(asked, loaded, io);
  const settings = withToday(
    Object.keys(found.clusters).length === 0 ? loaded.settings : mergeSettings(loaded.settings, { clusters: found.clusters }),
  );
  let failures = 0;
  const host = createHost({
    schemas: bundledSchemas(),
    isOnDisk: found.walked.isOnDisk,
    endOfLink: found.walked.endOfLink,
    onFailure: (what, where, error) => {
      failures++;
      say(io, `${what} failed on ${where}; all else was checked`);
      if (asked.loudness === 'verbose' && error instanceof Error) io.stderr.write(`${error.stack ?? error.message}\n`);
    },
  });
  host.setSettings(settings);
  const inputs = await takeIn(found, host);
  const isRendered = settingIn(options.settings, 'helm', 'render') === 'on' && (await renderCharts(host, io));
  // Nobody can render what a chart was.
  const now =
    isRendered && asked.since !== undefined ? analyze(inputs.files, settings, { schemas: bundledSchemas(), endOfLink }).host : host;
  const since = asked.since === undefined ? undefined : await stepsSince(asked.since, now, settings, { asked, loaded, io });
  if (since && 'problem' in since) {
    say(io, `--since ${since.problem}`);
    return 2;
  }
  const all = [...findingsOf(host, inputs.files), ...(since?.findings ?? [])].sort((a, b) =>
    compareDiagnostics(a.diagnostic, b.diagnostic),
  );
  if (asked.writesBaseline) return (await keep(all, loaded.baseline, io)) && failures === 0 && !inputs.failed ? 0 : 2;

  const repaired = asked.fix === 'no' ? undefined : await fix(host, all, inputs.files, asked, io);
  const { fresh, known, gone } = withoutKnown(repaired?.left ?? all, baseline, inputs);
  if (repaired) io.stderr.write(formatRepair(repaired.count, repaired.files, fresh, asked.fix === 'show'));
  const failed = failures > 0 || inputs.failed || loaded.failed || unusable === true || repaired?.failed === true;
  const summary = {
    ...summaryOf(host, inputs, fresh),
    seconds: (performance.now() - started) / 1000,
    asked: asked.paths,
    known,
    gone,
    isComplete: !failed,
  };
  const failOn = asked.failOn ?? failOnIn(settings);
  if (!repaired || asked.format !== 'human') await print({ findings: fresh, summary }, asked, failOn, io);

  if (failed) return 2;
  // A diff that was only shown leaves every problem where it is.
  const left = asked.fix === 'show' ? withoutKnown(all, baseline, inputs).fresh : fresh;
  return left.some((it) => fails(it, failOn)) ? 1 : 0;
}

/** Milliseconds of checking ahead, after which it is asked whether more was read. */
const SLICE = 4;

/** Reads files into a host, and checks what it can while more are read. */
async function takeIn(found: FoundInputs, host: AnalysisHost): Promise<Inputs> {
  if (!found.isMany) {
    const inputs = await found.read();
    host.apply(inputs.files.map(({ uri, text }) => ({ uri, text })));
    return inputs;
  }
  host.beginReading();
  const inputs = await found.read({
    take: (changes) => host.apply(changes),
    meanwhile: () => {
      const end = performance.now() + SLICE;
      return host.workAhead(() => performance.now() >= end);
    },
  });
  host.endReading();
  return inputs;
}

/** Reads charts as Helm renders them. Tells whether there are any. */
async function renderCharts(host: AnalysisHost, io: Io): Promise<boolean> {
  const helm = new Helm({ env: io.env });
  const told = new Set<string>();
  const renderings = new Map<string, Rendering>();
  for (const install of host.plan.charts) {
    const rendered = await helm.render(install);
    if (rendered === undefined) continue;
    if ('rendering' in rendered) {
      renderings.set(install.scope, rendered.rendering);
      continue;
    }
    const chart = shownPath(fileURLToPath(install.chart), io.cwd);
    const message =
      rendered.problem === NOT_INSTALLED
        ? `${NOT_INSTALLED}: charts are read as they are written`
        : `${chart} is read as it is written: ${rendered.problem}`;
    if (!told.has(message)) say(io, message);
    told.add(message);
  }
  host.setRenderings(renderings);
  return renderings.size > 0;
}

interface Asked {
  readonly asked: CheckArguments;
  readonly loaded: CheckSettings;
  readonly io: Io;
}

/** Dangerous steps from a revision to what is there now, as findings; and what takes them back, where that is wanted. */
async function stepsSince(
  revision: string,
  after: AnalysisHost,
  settings: Settings,
  { asked, loaded, io }: Asked,
): Promise<{ readonly findings: readonly Finding[] } | { readonly problem: string }> {
  const paths = asked.paths.filter((it) => it !== '-').map((it) => path.resolve(io.cwd, it));
  const exclude = { folder: loaded.folder, globs: excludedIn(loaded.settings) };
  const files = await filesAt({ revision, paths, exclude });
  if ('problem' in files) return files;
  const { host: before } = analyze(files, settings, { schemas: bundledSchemas(), endOfLink });
  const steps = compareRevisions(before, after);
  const pathOf = new Map(files.map((it) => [it.uri, it.path]));
  const findings = steps.map(({ diagnostic, host, state }): Finding => {
    const full = pathOf.get(diagnostic.uri) ?? fileURLToPath(diagnostic.uri);
    const names = { uri: diagnostic.uri, path: full, shown: shownPath(full, io.cwd), text: '' };
    return { diagnostic, file: reportedFile(names, host.file(diagnostic.uri)!), resource: state.resource, fixes: [], related: [] };
  });
  if (asked.rollback !== undefined) {
    const folder = path.resolve(io.cwd, asked.rollback);
    const written = await writeRollback(folder, steps);
    const shown = written.map((it) => shownPath(it, io.cwd)).join(' and ');
    io.stderr.write(written.length === 0 ? 'Nothing to take back.\n' : `Wrote ${shown}.\n`);
  }
  return { findings };
}

function withoutKnown(
  findings: readonly Finding[],
  baseline: Awaited<ReturnType<typeof readBaseline>> | undefined,
  inputs: Inputs,
): Compared {
  if (!baseline || 'problem' in baseline) return { fresh: findings, known: 0, gone: 0 };
  return compare(
    findings,
    baseline,
    inputs.files.map((it) => it.path),
  );
}

/** Writes what was found as known, and tells so. */
async function keep(found: readonly Finding[], { file, isNamed }: CheckSettings['baseline'], io: Io): Promise<boolean> {
  const written = await writeBaseline(file, found);
  const shown = shownPath(file, io.cwd);
  if ('problem' in written) {
    say(io, `${shown} ${written.problem}`);
    return false;
  }
  io.stderr.write(`Wrote ${written.count} ${written.count === 1 ? 'finding' : 'findings'} to ${shown}.\n`);
  if (!isNamed) io.stderr.write(`They are known once .meshwright.yaml says so: baseline: ${basename(file)}\n`);
  return true;
}

/** Writes or shows what preferred fixes change, and gives what is left to decide. */
async function fix(
  host: AnalysisHost,
  found: readonly Finding[],
  inputs: readonly Input[],
  asked: CheckArguments,
  io: Io,
): Promise<{ left: readonly Finding[]; count: number; files: number; failed: boolean }> {
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
  return { left: findingsOf(host, inputs), count, files: files.size, failed };
}

/** File by file, so that what fixes look at is still read. */
function findingsOf(host: AnalysisHost, inputs: readonly Input[]): readonly Finding[] {
  const names = new Map(inputs.map((it) => [it.uri, it]));
  const files = new Map<string, ReportedFile>();
  const fileOf = (uri: string): ReportedFile => {
    let file = files.get(uri);
    if (!file) files.set(uri, (file = reportedFile(names.get(uri)!, host.file(uri)!)));
    return file;
  };
  return [...names.keys()].flatMap((uri) =>
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

function summaryOf(
  host: AnalysisHost,
  inputs: Inputs,
  findings: readonly Finding[],
): Omit<Summary, 'seconds' | 'asked' | 'known' | 'gone' | 'isComplete'> {
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

async function print(report: Report, asked: CheckArguments, failOn: FailOn, io: Io): Promise<void> {
  const text = await formatted(report, asked, failOn, io);
  if (text !== '') io.stdout.write(text);
  // JSON holds the summary; of the others none does.
  if (asked.format === 'json') return;
  const summary = formatSummary(report, asked.loudness, paintFor(asked.color, io.stderr, io.env));
  if (summary !== '') io.stderr.write(summary);
}

async function formatted(report: Report, asked: CheckArguments, failOn: FailOn, io: Io): Promise<string> {
  const shown: Report = { findings: shownFindings(report.findings, asked.loudness), summary: report.summary };
  switch (asked.format) {
    case 'human':
      return formatFindings(report, asked.loudness, paintFor(asked.color, io.stdout, io.env));
    case 'json':
      return formatJson(report);
    case 'sarif':
      return formatSarif(shown, { rules: allRules(), version, folder: await repositoryOf(io.cwd) });
    case 'github':
      return formatGithub(shown, await repositoryOf(io.cwd));
    case 'gitlab':
      return formatGitlab(shown, await repositoryOf(io.cwd));
    case 'junit':
      return formatJunit(shown, (it) => fails(it, failOn));
  }
}

function failOnIn(settings: Settings): FailOn {
  const failOn = settings['failOn'];
  return failOn === 'error' || failOn === 'info' || failOn === 'never' ? failOn : 'warning';
}

function fails({ diagnostic }: Finding, failOn: FailOn): boolean {
  return failOn !== 'never' && isAtLeast(diagnostic.severity, failOn);
}
