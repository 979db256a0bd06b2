import { world as worldLookup, type Settings } from '../index/settings.js';
import { YAML_RULES } from '../rules/documents.js';
import type { Diagnostic } from '../rules/diagnostic.js';
import type { ScopeId } from '../model/resource.js';
import type { Fix, Problem, RuleMeta, Severity } from '../rules/rule.js';
import { contextFor, type Found } from '../rules/runner.js';
import { compareSeverity, severityOf, type SeveritySetting, type World } from '../rules/severity.js';
import {
  IGNORE_ANNOTATION,
  isAnnotatedAway,
  isNamed,
  isSuppressedBy,
  namesIn,
  suppressionsIn,
  UNUSED_IGNORE,
} from '../rules/suppressions.js';
import { glob } from '../text/globs.js';
import { overlaps, shift, type Range } from '../text/range.js';
import type { Json } from '../yaml/node.js';
import { removeEntry } from '../yaml/edit.js';
import { pathAt, pathTo } from '../yaml/path.js';
import type { AnalysisHost } from './host.js';
import type { ResourceState, Slot, SourceFile } from './state.js';
import { unknownKind } from './schema-diagnostics.js';

/** A diagnostic with what it came from, for fixes and explanations. */
export interface DiagnosticSource {
  readonly diagnostic: Diagnostic;
  readonly state: ResourceState | undefined;
  readonly found: Found | undefined;
}

/** All diagnostics of a file at this revision, sorted by place and rule, free of duplicates. */
export function diagnosticsOf(host: AnalysisHost, uri: string): readonly Diagnostic[] {
  return diagnosticSources(host, uri).map((it) => it.diagnostic);
}

/** `own`: only what documents show by themselves, for as long as others are still being read. */
export function diagnosticSources(host: AnalysisHost, uri: string, parts: 'own' | 'all' = 'all'): readonly DiagnosticSource[] {
  const file = host.file(uri);
  if (!file || host.isKnownClean(file)) return NOTHING;
  const view: View = { host, world: host.look().get(worldLookup), severities: severitySettings(host, uri) };
  const sources: DiagnosticSource[] = [];
  for (const slot of file.slots) {
    if (slot.document.foreign !== undefined) {
      if (slot.document.foreign === 'unknown-kind') sources.push(...kindDiagnostics(view, file, slot));
      continue;
    }
    sources.push(...syntaxDiagnostics(view, file, slot));
  }
  const states = [
    ...file.slots.flatMap(({ document }) => document.built.filter((it) => !host.isApplied(it))),
    // What a patch or a kustomization makes wrong is told there.
    ...host.usersOf(uri),
  ];
  sources.push(...mergeScopes(host, uri, resourceDiagnostics(view, uri, states, parts)));
  if (parts === 'all') sources.push(...unusedAnnotations(view, uri, states));
  const unsilenced = withoutSuppressed(view, file, sources, parts);
  return withoutRepeats(unsilenced.sort((a, b) => compareDiagnostics(a.diagnostic, b.diagnostic)));
}

const NOTHING: readonly DiagnosticSource[] = [];

/** Takes out what comments silence, and tells of comments that silence nothing, once all findings are known. */
function withoutSuppressed(view: View, file: SourceFile, sources: DiagnosticSource[], parts: 'own' | 'all'): DiagnosticSource[] {
  const suppressions = suppressionsIn(file.text, (offset) => {
    const slot = slotAround(file, offset);
    return { start: slot.start, end: slot.start + slot.document.text.length };
  });
  if (suppressions.length === 0) return sources;
  const left = sources.filter(({ diagnostic }) => !suppressions.some((it) => isSuppressedBy(it, diagnostic)));
  const severity = parts === 'all' ? severityOf(UNUSED_IGNORE, {}, view.world, view.severities) : undefined;
  if (severity === undefined) return left;
  for (const suppression of suppressions) {
    const unused = suppression.names.filter(
      (name) => !sources.some(({ diagnostic }) => isSuppressedBy({ ...suppression, names: [name] }, diagnostic)),
    );
    const state = slotAround(file, suppression.comment.start).document.resources[0];
    for (const name of unused) {
      const diagnostic: Diagnostic = {
        rule: UNUSED_IGNORE.id,
        category: UNUSED_IGNORE.category,
        severity,
        peers: [],
        message: `"${name}" is not reported ${suppression.where === 'this file' || suppression.where === 'this document' ? 'in' : 'on'} ${suppression.where}.`,
        uri: file.uri,
        range: suppression.comment,
        path: '',
        resource: state?.resource.id,
        related: [],
        tags: ['unnecessary'],
        hasFix: state !== undefined && suppression.names.length === 1,
      };
      left.push({ diagnostic, state, found: undefined });
    }
  }
  return left;
}

function slotAround(file: SourceFile, offset: number): Slot {
  return [...file.slots].reverse().find((it) => it.start <= offset) ?? file.slots[0]!;
}

/** Tells of names in our own annotation that silence nothing; those of other tools may be for what only a cluster shows. */
function unusedAnnotations(view: View, uri: string, states: readonly ResourceState[]): readonly DiagnosticSource[] {
  const annotated = states.filter((it) => it.resource.annotations.has(IGNORE_ANNOTATION));
  const severity = annotated.length > 0 ? severityOf(UNUSED_IGNORE, {}, view.world, view.severities) : undefined;
  if (severity === undefined) return [];
  const findings = annotated.flatMap((state) =>
    view.host.findingsOf(state).flatMap((found) => {
      const place = view.host.placeOf(state, found.problem.at);
      return (place && toDiagnostic(view, place.uri, state, found)) ?? [];
    }),
  );
  return annotated.flatMap((state) => {
    const value = state.resource.root.map('metadata.annotations')?.entry(IGNORE_ANNOTATION)?.value;
    const place = value && view.host.placeOf(state, value);
    if (place?.uri !== uri) return [];
    const names = namesIn(value?.text());
    return names
      .filter((name) => !findings.some((it) => name === '*' || isNamed(name, it)))
      .map((name) => ({
        diagnostic: {
          rule: UNUSED_IGNORE.id,
          category: UNUSED_IGNORE.category,
          severity,
          peers: [],
          message: name === '*' ? 'Nothing is reported on this resource.' : `"${name}" is not reported on this resource.`,
          uri,
          range: place.range,
          path: pathTo(state.resource.root, value!),
          resource: state.resource.id,
          related: [],
          tags: ['unnecessary' as const],
          hasFix: names.length === 1,
        },
        state,
        found: undefined,
      }));
  });
}

/** Takes a comment that silences nothing away, with its line where that holds nothing else; or an annotation. */
function removalOf(host: AnalysisHost, { diagnostic, state }: DiagnosticSource): readonly Fix[] {
  const slot = state && host.slotOf(state);
  const text = host.file(diagnostic.uri)?.text;
  if (!slot || text === undefined || !diagnostic.hasFix) return [];
  if (text[diagnostic.range.start] !== '#') {
    const annotations = state.resource.root.map('metadata.annotations');
    const edit = annotations && removeEntry(host.textOf(state), annotations, IGNORE_ANNOTATION);
    return edit ? [{ title: 'Remove the annotation', preferred: true, edits: [edit] }] : [];
  }
  let { start, end } = diagnostic.range;
  while (start > 0 && (text[start - 1] === ' ' || text[start - 1] === '\t')) start--;
  if ((start === 0 || text[start - 1] === '\n') && start >= slot.start) {
    if (text[end] === '\r') end++;
    if (text[end] === '\n') end++;
  }
  return [{ title: 'Remove the comment', preferred: true, edits: [{ range: shift({ start, end }, -slot.start), text: '' }] }];
}

function resourceDiagnostics(view: View, uri: string, states: readonly ResourceState[], parts: 'own' | 'all'): DiagnosticSource[] {
  const all: DiagnosticSource[] = [];
  for (const state of states) {
    const sources: DiagnosticSource[] = [];
    for (const found of parts === 'own' ? view.host.ownFindingsOf(state) : view.host.findingsOf(state)) {
      const diagnostic = toDiagnostic(view, uri, state, found);
      if (diagnostic && !isAnnotatedAway(state.resource.annotations, diagnostic)) sources.push({ diagnostic, state, found });
    }
    all.push(...withoutReplaced(sources));
  }
  return all;
}

/** One problem is told once, by the rule that knows most of it. */
function withoutReplaced(sources: DiagnosticSource[]): DiagnosticSource[] {
  const replacing = sources.filter((it) => it.found?.rule.replaces !== undefined);
  if (replacing.length === 0) return sources;
  return sources.filter(
    ({ diagnostic }) =>
      !replacing.some((it) => it.found?.rule.replaces?.includes(diagnostic.rule) === true && sharePlace(it.diagnostic, diagnostic)),
  );
}

/** One may mark a key, and the other its value; or one a field, and the schema the map around it. */
function sharePlace(better: Diagnostic, other: Diagnostic): boolean {
  if (overlaps(better.range, other.range) || better.range.start === other.range.start || better.path === other.path) return true;
  return better.path.slice(0, better.path.lastIndexOf('.')) === other.path;
}

/** Shows a finding of several scopes once, and names the scopes where it does not hold in every one that the place is in. */
function mergeScopes(host: AnalysisHost, uri: string, sources: readonly DiagnosticSource[]): readonly DiagnosticSource[] {
  if (sources.every((it) => it.state!.resource.scope === '')) return sources;
  const groups = new Map<string, DiagnosticSource[]>();
  for (const source of sources) {
    const { rule, range, message } = source.diagnostic;
    const key = `${rule}|${range.start}|${range.end}|${message}`;
    const group = groups.get(key);
    if (group) group.push(source);
    else groups.set(key, [source]);
  }
  return [...groups.values()].map((group) => {
    const worst = group.reduce((a, b) => (compareSeverity(a.diagnostic.severity, b.diagnostic.severity) <= 0 ? a : b));
    const scopes = [...new Set(group.map((it) => it.state!.resource.scope))];
    const all = new Set(group.flatMap(({ state }) => scopesAt(uri, state!)));
    const named = {
      ...worst.diagnostic,
      scopes: scopes
        .filter((it) => it !== '')
        .map((it) => host.plan.nameOf(it))
        .sort(),
    };
    if (scopes.length >= all.size) return { ...worst, diagnostic: named };
    const names = scopes.map((it) => `"${host.plan.nameOf(it)}"`).sort();
    const where =
      names.length === 1
        ? `scope ${names[0]}`
        : names.length <= 3
          ? `scopes ${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
          : `${names.length} of ${all.size} scopes`;
    const { message } = worst.diagnostic;
    // A name in quotes or a capital abbreviation at the front keeps its letters.
    const rest = /^[A-Z][a-z]/.test(message) ? message.charAt(0).toLowerCase() + message.slice(1) : message;
    return { ...worst, diagnostic: { ...named, message: `In ${where}: ${rest}` } };
  });
}

/** Scopes in which a file has a part in a resource. */
function scopesAt(uri: string, { document, resource }: ResourceState): readonly string[] {
  return document.built
    .filter((it) => it.resource.uri === uri || (it.segments.some(({ origin }) => origin.uri === uri) && it.resource.uri === resource.uri))
    .map((it) => it.resource.scope);
}

/** Fixes of a diagnostic, the preferred one first. Runs the rule's `fix` now. */
export function fixesOf(host: AnalysisHost, source: DiagnosticSource): readonly Fix[] {
  const { state, found } = source;
  if (source.diagnostic.rule === UNUSED_IGNORE.id) return removalOf(host, source);
  if (!state || !found?.rule.fix) return [];
  const context = contextFor(found.rule, state, host.look(state.resource.scope));
  try {
    const fixes = found.rule.fix({
      ...context,
      problem: found.problem,
      text: host.textOf(state),
      other: (id) => {
        const other = host.resource(id);
        return other && { resource: other.resource, text: host.textOf(other), file: other.resource.uri };
      },
    });
    const text = host.textOf(state);
    // A value that a template takes from elsewhere is not written over.
    const kept = [...fixes].filter((fix) =>
      fix.edits.every((edit) => edit.resource !== undefined || !('range' in edit) || !isTemplated(text, edit.range)),
    );
    // What a patch says is not moved into its base, which others build on, too.
    const whole = kept.filter((fix) => {
      const own = fix.edits.flatMap((edit) =>
        edit.resource === undefined && 'range' in edit ? [host.placeOf(state, edit.range)?.uri] : [],
      );
      return new Set(own).size < 2;
    });
    return whole.sort((a, b) => Number(b.preferred ?? false) - Number(a.preferred ?? false));
  } catch (error) {
    host.reportFailure(`fix of rule ${found.rule.id}`, state.resource, error);
    return [];
  }
}

/** Whether an edit would write over a template action, or into a line that holds nothing else: what that prints has no place of its own. */
function isTemplated(text: string, { start, end }: Range): boolean {
  if (text.slice(start, end).includes('{{')) return true;
  const newline = text.indexOf('\n', start);
  return start === end && /^\s*\{\{.*\}\}\s*$/.test(text.slice(text.lastIndexOf('\n', start - 1) + 1, newline < 0 ? text.length : newline));
}

interface View {
  readonly host: AnalysisHost;
  readonly world: World;
  readonly severities: Readonly<Record<string, SeveritySetting>>;
}

function syntaxDiagnostics(view: View, file: SourceFile, slot: Slot): DiagnosticSource[] {
  const problems = view.host.problemsOf(slot.document);
  // Most files have none.
  if (problems.length === 0) return [];
  return problems.flatMap((problem) => {
    const meta = YAML_RULES[problem.code]!;
    const severity = severityOf(meta, { severity: problem.severity }, view.world, view.severities);
    if (severity === undefined) return [];
    const diagnostic: Diagnostic = {
      rule: meta.id,
      category: meta.category,
      severity,
      peers: [],
      message: problem.message,
      uri: file.uri,
      range: shift(problem.range, slot.start),
      path: '',
      resource: slot.document.resources[0]?.resource.id,
      related: problem.related.map((it) => ({ uri: file.uri, range: shift(it.range, slot.start), message: it.message })),
      tags: [],
      hasFix: false,
    };
    return [{ diagnostic, state: slot.document.resources[0], found: undefined }];
  });
}

function kindDiagnostics(view: View, file: SourceFile, slot: Slot): DiagnosticSource[] {
  const found = view.host.schemas && unknownKind(view.host.schemas, slot.document.text);
  const severity = found && severityOf(found.meta, {}, view.world, view.severities);
  if (found === undefined || severity === undefined) return [];
  const diagnostic: Diagnostic = {
    rule: found.meta.id,
    category: found.meta.category,
    severity,
    peers: [],
    message: messageOf(found.meta, found, false),
    uri: file.uri,
    range: shift(found.range, slot.start),
    path: 'kind',
    resource: undefined,
    related: [],
    tags: [],
    hasFix: false,
  };
  return [{ diagnostic, state: undefined, found: undefined }];
}

/** A finding as a diagnostic of a file; undefined where it stands in another one, or nobody is to see it. */
function toDiagnostic(view: View, uri: string, state: ResourceState, found: Found): DiagnosticSource['diagnostic'] | undefined {
  const { rule, problem } = found;
  const severity = severityIn(view.host, state.resource.scope, view.world, rule, problem, view.severities);
  if (severity === undefined) return undefined;
  const place = view.host.placeOf(state, problem.at);
  if (place?.uri !== uri) return undefined;
  const isBuilt = state.segments.length > 1;
  return {
    rule: rule.id,
    category: rule.category,
    severity,
    peers: problem.peers ?? rule.peers ?? [],
    message: messageOf(rule, problem, rule.fix !== undefined),
    uri,
    range: place.range,
    path: isBuilt ? pathTo(state.resource.root, problem.at) : (found.path ?? pathAt(state.resource.root, problem.at)),
    resource: state.resource.id,
    related: relatedOf(view.host, state, problem),
    tags: problem.tags ?? [],
    hasFix: rule.fix !== undefined,
  };
}

/** How bad a problem is in a scope: what is not there may come with what the scope takes from elsewhere, or be what a template gives its name. */
export function severityIn(
  host: AnalysisHost,
  scope: ScopeId,
  world: World,
  rule: Parameters<typeof severityOf>[0],
  problem: Parameters<typeof severityOf>[1],
  severities: Readonly<Record<string, SeveritySetting>>,
): Severity | undefined {
  const certainty = problem.certainty ?? 'proven';
  const isOpen = certainty !== 'proven' && host.isOpen(scope);
  const known = isOpen && certainty === 'owned' ? { ...problem, certainty: 'unseen' as const } : problem;
  return severityOf(rule, known, isOpen ? 'open' : world, severities);
}

/** What, then effect, then (where nothing offers a repair) what to do. */
export function messageOf(rule: RuleMeta, problem: Pick<Problem, 'message' | 'effect' | 'severity'>, hasFix: boolean): string {
  const isHint = (problem.severity ?? rule.severity) === 'hint';
  const parts = [problem.message, problem.effect ?? rule.effect, hasFix || isHint ? undefined : rule.remedy];
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

function relatedOf(host: AnalysisHost, subject: ResourceState, problem: Problem): Diagnostic['related'] {
  const related: { uri: string; range: Range; message: string }[] = [];
  for (const { at, message } of problem.related ?? []) {
    const state = 'resource' in at ? host.resource(at.resource) : subject;
    const place = state && host.placeOf(state, 'resource' in at ? at.range : at);
    if (place) related.push({ ...place, message });
  }
  return related.slice(0, 5);
}

/** Severities for a file: the general ones, and above them those of `overrides` whose globs name it. */
export function severitySettings({ settings }: AnalysisHost, uri: string): Readonly<Record<string, SeveritySetting>> {
  const general = severitiesIn(settings['rules']);
  const { overrides, overridesRoot } = settings;
  if (!Array.isArray(overrides) || typeof overridesRoot !== 'string' || !uri.startsWith(`${overridesRoot}/`)) return general;
  const path = decodeURIComponent(uri.slice(overridesRoot.length + 1));
  return overrides.reduce<Readonly<Record<string, SeveritySetting>>>((chosen, override: Json) => {
    if (!isTree(override)) return chosen;
    const files: readonly Json[] = Array.isArray(override['files']) ? override['files'] : [];
    const names = files.some((it) => typeof it === 'string' && glob(it)(path));
    return names ? { ...chosen, ...severitiesIn(override['rules']) } : chosen;
  }, general);
}

function severitiesIn(rules: Json | undefined): Readonly<Record<string, SeveritySetting>> {
  return isTree(rules) ? (rules as Record<string, SeveritySetting>) : {};
}

function isTree(value: Json | undefined): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.uri, b.uri) ||
    a.range.start - b.range.start ||
    a.range.end - b.range.end ||
    compareSeverity(a.severity, b.severity) ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message)
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function withoutRepeats(sources: readonly DiagnosticSource[]): readonly DiagnosticSource[] {
  return sources.filter(({ diagnostic }, i) => {
    const before = sources[i - 1]?.diagnostic;
    return !before || compareDiagnostics(before, diagnostic) !== 0;
  });
}
