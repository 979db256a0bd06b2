import { expect } from 'vitest';
import { createHost } from '../../server/src/analysis/analyze.js';
import { diagnosticSources, fixesOf, type DiagnosticSource } from '../../server/src/analysis/diagnostics.js';
import type { AnalysisHost } from '../../server/src/analysis/host.js';
import type { Settings } from '../../server/src/index/settings.js';
import { meshes } from '../../server/src/meshes/index.js';
import type { Diagnostic } from '../../server/src/rules/diagnostic.js';
import type { MeshModule } from '../../server/src/rules/module.js';
import type { Fix, Rule } from '../../server/src/rules/rule.js';
import { applyEdits, type TextEdit } from '../../server/src/text/edit.js';
import { encloses, shift, touches } from '../../server/src/text/range.js';
import { schemas } from './analyze.js';
import { fixtureUri, parseFixture, withoutFilledIn, type Fixture, type FixtureFile, type Mark } from './fixture.js';

export interface CheckOptions {
  /** `closed` unless said otherwise: a fixture is all there is, so severities are the rules' own. */
  readonly world?: 'open' | 'closed';
  readonly settings?: Settings;
}

/**
 * Checks that a rule reports exactly what the fixture marks, and that it keeps the promises of every rule: the same findings warm and
 * cold and in any order of files, ranges inside the subject's document, fixes that remove their problem and add no error.
 * Runs that rule and the YAML reader; several rules where a list is given, every rule and every schema where none is.
 */
export function check(rules: Rule | readonly Rule[] | undefined, yaml: string, options: CheckOptions = {}): void {
  const fixture = parseFixture(yaml);
  const world = new World(rules, options);
  const host = world.host(fixture.files);
  const sources = fixture.files.flatMap((file) => [...diagnosticSources(host, file.uri)]);

  expect(world.failures, 'rules that threw').toEqual([]);
  const { expected, actual } = draw(fixture, host, sources);
  expect(actual).toBe(expected);

  checkWarmEqualsCold(
    world,
    fixture,
    sources.map((it) => it.diagnostic),
  );
  expect(drawnFindings(world.hostOfAllWords(fixture.files), fixture), 'a rule says something where it is passed over').toEqual(
    drawnFindings(host, fixture),
  );
  checkRanges(host, sources);
  checkWords(sources);
  for (const source of sources) {
    for (const fix of fixesOf(host, source)) checkFixHelps(world, fixture, host, source, fix);
  }
  expect(world.failures, 'rules and fixes that threw').toEqual([]);
}

/** Checks that the fix with a title, offered at `$0` (or anywhere, where there is none), turns the fixture into the expected one. */
export function checkFix(
  rules: Rule | readonly Rule[] | undefined,
  yaml: string,
  title: string,
  expected: string,
  options: CheckOptions = {},
): void {
  const fixture = parseFixture(yaml);
  const world = new World(rules, options);
  const host = world.host(fixture.files);
  const offered = offeredAt(fixture, host);
  const chosen = offered.find(({ fix }) => fix.title === title);
  if (!chosen)
    throw new Error(
      `no fix "${title}" is offered here, but ${offered.length === 0 ? 'none' : offered.map(({ fix }) => `"${fix.title}"`).join(', ')}`,
    );
  const after = applyFix(host, fixture.files, chosen.source, chosen.fix);
  const written = parseFixture(expected).files.map((file) => ({ path: file.path, text: file.lines.join('\n') }));
  const got = after.map((file) => ({ path: file.path, text: withoutFilledIn(file.text) }));
  expect(drawFiles(got)).toBe(drawFiles(written.length < got.length ? withUnchanged(written, fixture) : written));
  checkFixHelps(world, fixture, host, chosen.source, chosen.fix);
  expect(world.failures, 'rules and fixes that threw').toEqual([]);
}

/** Titles of the fixes offered at `$0` (or anywhere, where there is none), in their order; `★` stands before the preferred one. */
export function fixTitles(rules: Rule | readonly Rule[] | undefined, yaml: string, options: CheckOptions = {}): readonly string[] {
  const fixture = parseFixture(yaml);
  const host = new World(rules, options).host(fixture.files);
  return offeredAt(fixture, host).map(({ fix }) => (fix.preferred ? `★ ${fix.title}` : fix.title));
}

/** Makes hosts that run the chosen rules only. */
class World {
  readonly failures: string[] = [];
  readonly #modules: readonly MeshModule[];
  readonly #withSchemas: boolean;
  readonly #settings: Settings;

  constructor(rules: Rule | readonly Rule[] | undefined, options: CheckOptions) {
    this.#modules = rules === undefined ? meshes : withRules(Array.isArray(rules) ? rules : [rules as Rule]);
    this.#withSchemas = rules === undefined;
    this.#settings = { world: options.world ?? 'closed', ...options.settings };
  }

  host(files: readonly { readonly uri: string; readonly text: string }[] = []): AnalysisHost {
    return this.#start(this.#modules, this.#withSchemas, files);
  }

  /** The same, where no rule is passed over for want of a word that it looks for. */
  hostOfAllWords(files: readonly { readonly uri: string; readonly text: string }[]): AnalysisHost {
    return this.#start(this.#modules, this.#withSchemas, files, true);
  }

  /** The same with every rule and every schema that there is. */
  hostOfAllRules(files: readonly { readonly uri: string; readonly text: string }[]): AnalysisHost {
    return this.#start(meshes, true, files);
  }

  #start(
    modules: readonly MeshModule[],
    withSchemas: boolean,
    files: readonly { readonly uri: string; readonly text: string }[],
    runsAll = false,
  ): AnalysisHost {
    const onFailure = (what: string, where: string, error: unknown) =>
      this.failures.push(`${what} on ${where}: ${error instanceof Error ? error.stack : String(error)}`);
    const host = createHost({ modules, onFailure, runsAll, ...(withSchemas && { schemas }) });
    host.setSettings(this.#settings);
    host.apply(files);
    return host;
  }
}

/** The modules with these rules only; a rule that no module lists yet goes to the one that its id names. */
function withRules(rules: readonly Rule[]): readonly MeshModule[] {
  for (const rule of rules) {
    if (!meshes.some((module) => module.rules.includes(rule) || module.id === systemOf(rule)))
      throw new Error(`no module lists rule ${rule.id}, and none is called ${systemOf(rule)}`);
  }
  return meshes.map((module) => ({
    ...module,
    rules: rules.filter((rule) =>
      meshes.some((it) => it.rules.includes(rule)) ? module.rules.includes(rule) : module.id === systemOf(rule),
    ),
  }));
}

function systemOf(rule: Rule): string {
  return rule.id.slice(0, rule.id.indexOf('/'));
}

interface Offer {
  readonly source: DiagnosticSource;
  readonly fix: Fix;
}

function offeredAt(fixture: Fixture, host: AnalysisHost): readonly Offer[] {
  const at = fixture.cursor;
  return fixture.files
    .filter((file) => at === undefined || file.uri === at.uri)
    .flatMap((file) => [...diagnosticSources(host, file.uri)])
    .filter((source) => at === undefined || touches(source.diagnostic.range, at.offset))
    .flatMap((source) => fixesOf(host, source).map((fix) => ({ source, fix })));
}

/** Both pictures of a fixture: with the marks it has, and with those that the findings would have. */
function draw(fixture: Fixture, host: AnalysisHost, sources: readonly DiagnosticSource[]): { expected: string; actual: string } {
  const expected: { path: string; text: string }[] = [];
  const actual: { path: string; text: string }[] = [];
  for (const file of fixture.files) {
    const unmet = [...file.marks];
    const found: Mark[] = [];
    for (const source of sources.filter((it) => it.diagnostic.uri === file.uri)) {
      const place = placeOf(file, source.diagnostic);
      const hasFix = fixesOf(host, source).length > 0;
      const met = unmet.findIndex((mark) => isMet(mark, source.diagnostic, place, hasFix));
      if (met >= 0) found.push(...unmet.splice(met, 1));
      else {
        const { severity, rule, message } = source.diagnostic;
        found.push({ ...place, severity, rule, fix: hasFix, message });
      }
    }
    expected.push({ path: file.path, text: drawMarks(file, file.marks) });
    actual.push({ path: file.path, text: drawMarks(file, found) });
  }
  return { expected: drawFiles(expected), actual: drawFiles(actual) };
}

/** Line and columns in the fixture's own lines; of a range over several lines, the part on the first one. */
function placeOf(
  file: FixtureFile,
  { range }: Diagnostic,
): Pick<Mark, 'line' | 'columns'> & { readonly columns: { start: number; end: number } } {
  const before = file.text.slice(0, range.start);
  const textLine = before.split('\n').length - 1;
  const start = range.start - (before.lastIndexOf('\n') + 1);
  const lineText = file.text.split('\n')[textLine]!;
  return { line: file.lineOf(textLine), columns: { start, end: Math.min(start + range.end - range.start, lineText.trimEnd().length) } };
}

function isMet(mark: Mark, diagnostic: Diagnostic, place: ReturnType<typeof placeOf>, hasFix: boolean): boolean {
  if (mark.line !== place.line || mark.severity !== diagnostic.severity || mark.rule !== diagnostic.rule) return false;
  if (mark.columns && (mark.columns.start !== place.columns.start || mark.columns.end !== place.columns.end)) return false;
  if (mark.fix && !hasFix) return false;
  return mark.message === undefined || diagnostic.message === mark.message || diagnostic.message.startsWith(`${mark.message} `);
}

function drawMarks(file: FixtureFile, marks: readonly Mark[]): string {
  const lines: string[] = [];
  for (const [i, line] of file.lines.entries()) {
    lines.push(line);
    const here = marks.filter((mark) => mark.line === i).map(drawMark);
    lines.push(...here.sort());
  }
  return lines.join('\n');
}

function drawMark({ columns, severity, rule, fix, message }: Mark): string {
  const carets = columns && '^'.repeat(Math.max(1, columns.end - columns.start));
  const place = carets === undefined || columns!.start === 0 ? '#<' : `#${' '.repeat(columns!.start - 1)}${carets}`;
  return [place, severity, rule, ...(fix ? ['💡'] : []), ...(message === undefined ? [] : [`"${message}"`])].join(' ');
}

function drawFiles(files: readonly { readonly path: string; readonly text: string }[]): string {
  return files.map(({ path, text }) => `# file: ${path}\n${text.trimEnd()}\n`).join('');
}

/** An expected result may leave out files at the end that stay as they were. */
function withUnchanged(written: readonly { path: string; text: string }[], fixture: Fixture): readonly { path: string; text: string }[] {
  return fixture.files.map((file) => written.find((it) => it.path === file.path) ?? { path: file.path, text: file.lines.join('\n') });
}

function drawnFindings(host: AnalysisHost, { files }: Fixture): readonly Diagnostic[] {
  return files.flatMap((file) => diagnosticSources(host, file.uri).map((it) => it.diagnostic));
}

function checkWarmEqualsCold(world: World, fixture: Fixture, cold: readonly Diagnostic[]): void {
  const { files } = fixture;
  const findings = (host: AnalysisHost) => files.flatMap((file) => diagnosticSources(host, file.uri).map((it) => it.diagnostic));
  for (const [order, sequence] of [
    ['one file after the other', files],
    ['one file after the other, the last one first', [...files].reverse()],
  ] as const) {
    const host = world.host();
    for (const file of sequence) {
      host.apply([file]);
      host.work();
    }
    expect(findings(host), `findings differ when the files come ${order}`).toEqual(cold);
    for (const file of sequence) {
      host.apply([{ uri: file.uri, text: `# an edit that means nothing\n${file.text}` }]);
      host.work();
      host.apply([file]);
    }
    expect(findings(host), 'findings differ after an edit that was taken back').toEqual(cold);
    for (const file of sequence) {
      host.apply([{ uri: file.uri, text: undefined }]);
      host.work();
      host.apply([file]);
    }
    expect(findings(host), 'findings differ after a file was deleted and came back').toEqual(cold);
  }
}

function checkRanges(host: AnalysisHost, sources: readonly DiagnosticSource[]): void {
  for (const { diagnostic, state } of sources) {
    const slot = state && host.slotOf(state);
    if (!slot) continue;
    const own = { start: slot.start, end: slot.start + slot.document.text.length };
    expect(encloses(own, diagnostic.range), `${diagnostic.rule} reports outside its subject's document: "${diagnostic.message}"`).toBe(
      true,
    );
    expect(diagnostic.range.start, `${diagnostic.rule} reports an empty range: "${diagnostic.message}"`).toBeLessThan(diagnostic.range.end);
  }
}

/** How every message reads; what each says is the business of its rule's own tests. */
function checkWords(sources: readonly DiagnosticSource[]): void {
  for (const { diagnostic, found } of sources) {
    const { message, related } = diagnostic;
    const withoutRemedy = found && message.endsWith(` ${found.rule.remedy}`) ? message.slice(0, -found.rule.remedy.length - 1) : message;
    expect(message, `message of ${diagnostic.rule}`).toMatch(/^\S[^\n]*[.]$/);
    expect(withoutRemedy.length, `length of "${withoutRemedy}"`).toBeLessThanOrEqual(LONGEST_MESSAGE);
    expect(message, `message of ${diagnostic.rule}`).not.toMatch(/\b(please|invalid|should|might|seems|possibly)\b|!$|undefined|\[object/i);
    for (const it of related) {
      expect(
        it.range.start === diagnostic.range.start && it.uri === diagnostic.uri,
        `evidence of ${diagnostic.rule} that is its own place`,
      ).toBe(false);
    }
  }
}

/** What and effect are one line; the remedy comes on top where no fix says it. Lists in messages name three things at most. */
const LONGEST_MESSAGE = 180;

function checkFixHelps(world: World, fixture: Fixture, host: AnalysisHost, source: DiagnosticSource, fix: Fix): void {
  // What writes a setting is tried with the settings file: features/settings-fixes.test.ts.
  if (fix.setting !== undefined) return;
  const after = applyFix(host, fixture.files, source, fix);
  const said = `fix "${fix.title}" of ${source.diagnostic.rule}`;
  const same = (it: Diagnostic) => it.rule === source.diagnostic.rule && it.message === source.diagnostic.message;
  const before = fixture.files.flatMap((file) => diagnosticSources(host, file.uri)).filter((it) => same(it.diagnostic)).length;
  const fixed = world.host(after);
  const left = after.flatMap((file) => diagnosticSources(fixed, file.uri)).filter((it) => same(it.diagnostic)).length;
  expect(left, `${said} leaves its problem: "${source.diagnostic.message}"`).toBeLessThan(before);
  expect(errorsAdded(world, fixture.files, after), `errors that ${said} adds`).toEqual([]);
}

function errorsAdded(world: World, before: readonly FileText[], after: readonly FileText[]): readonly string[] {
  const errors = (files: readonly FileText[]) => {
    const host = world.hostOfAllRules(files);
    return files
      .flatMap((file) => diagnosticSources(host, file.uri))
      .filter((it) => it.diagnostic.severity === 'error')
      .map((it) => `${it.diagnostic.rule}: ${it.diagnostic.message}`);
  };
  const known = errors(before);
  return errors(after).filter((it) => !known.includes(it));
}

interface FileText {
  readonly path: string;
  readonly uri: string;
  readonly text: string;
}

function applyFix(host: AnalysisHost, files: readonly FileText[], source: DiagnosticSource, fix: Fix): readonly FileText[] {
  const edits = new Map<string, TextEdit[]>();
  for (const edit of fix.edits) {
    const state = edit.resource === undefined ? source.state : host.resource(edit.resource);
    const slot = state && host.slotOf(state);
    if (!state || !slot) throw new Error(`fix "${fix.title}" edits a resource that is not there: ${edit.resource ?? ''}`);
    const list = edits.get(state.resource.uri) ?? [];
    edits.set(state.resource.uri, list);
    if ('appendDocument' in edit) {
      const end = slot.start + slot.document.text.length;
      const gap = slot.document.text.endsWith('\n') ? '' : '\n';
      list.push({ range: { start: end, end }, text: `${gap}---\n${edit.appendDocument.trimEnd()}\n` });
    } else {
      if (!encloses({ start: 0, end: slot.document.text.length }, edit.range))
        throw new Error(`fix "${fix.title}" edits outside of ${state.resource.id}`);
      list.push({ range: shift(edit.range, slot.start), text: edit.text });
    }
  }
  for (const uri of edits.keys()) {
    if (!files.some((file) => file.uri === uri)) throw new Error(`fix "${fix.title}" edits ${uri}, which is not in ${fixtureUri('')}`);
  }
  return files.map((file) => ({ ...file, text: applyEdits(file.text, edits.get(file.uri) ?? []) }));
}
