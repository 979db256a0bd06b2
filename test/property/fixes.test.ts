import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createHost } from '../../server/src/analysis/analyze.js';
import { diagnosticSources } from '../../server/src/analysis/diagnostics.js';
import type { AnalysisHost } from '../../server/src/analysis/host.js';
import { findingsIn, snapshotOf } from '../../server/src/analysis/workspace.js';
import { editsOf, type Finding } from '../../server/src/features/actions.js';
import type { Settings } from '../../server/src/index/settings.js';
import { meshes } from '../../server/src/meshes/index.js';
import type { Diagnostic } from '../../server/src/rules/diagnostic.js';
import type { Fix } from '../../server/src/rules/rule.js';
import { applyEdits } from '../../server/src/text/edit.js';
import { schemas } from '../support/analyze.js';

// A fix removes its finding, adds no error, leaves a document that can be read, and touches nothing beside its edits.

const FULL = process.env['FULL'] === '1';
const BUDGET = FULL ? 3_600_000 : 15_000;
const CORPUS = path.join(import.meta.dirname, '../../../shared/corpus');

interface Workspace {
  readonly name: string;
  /** By URI. */
  readonly files: ReadonlyMap<string, string>;
  readonly settings: Settings;
}

if (!existsSync(CORPUS)) console.log('fixes: no ../shared/corpus, the examples of the rules must do');

test(
  'a fix does what it says and nothing else',
  () => {
    const faults: string[] = [];
    let fixes = 0;
    const end = performance.now() + BUDGET;
    for (const workspace of shuffled([...examples(), ...corpus()], 20260825)) {
      if (performance.now() > end) break;
      try {
        fixes += tryFixes(workspace, faults);
      } catch (error) {
        faults.push(`${workspace.name}: ${error instanceof Error ? (error.stack ?? '').split('\n').slice(0, 4).join(' ') : String(error)}`);
      }
    }
    console.log(`fixes: ${fixes} tried`);
    // How many more depends on the machine.
    expect(fixes).toBeGreaterThan(0);
    expect(faults).toEqual([]);
  },
  BUDGET * 2,
);

/** Applies every fix of a workspace by itself and takes it back. Gives how many there were. */
function tryFixes({ name, files, settings }: Workspace, faults: string[]): number {
  const host = createHost({
    schemas,
    onFailure: (what, where, error) =>
      faults.push(`${name}: ${what} failed on ${where}: ${error instanceof Error ? (error.stack ?? '') : String(error)}`),
  });
  host.setSettings({ world: 'closed', now: '2026-08-25', rules: EVERYTHING, ...settings });
  host.apply([...files].map(([uri, text]) => ({ uri, text })));
  host.work();
  host.takeChanged();
  const before = new Map([...files.keys()].map((uri) => [uri, diagnosticsIn(host, uri)]));
  const snapshot = snapshotOf(host, schemas, (uri) => uri);
  // A document is read anew when its text was changed and changed back: findings are asked for again each time.
  const offers = [...files.keys()].flatMap((uri) =>
    findingsIn(host, uri).flatMap((finding, at) => finding.fixes().map((_, number) => ({ uri, at, number }))),
  );
  for (const { uri: own, at, number } of offers) {
    const finding = findingsIn(host, own)[at]!;
    const fix = finding.fixes()[number]!;
    const edits = editsOf(snapshot, finding, fix);
    if (edits === undefined) {
      if (fix.setting === undefined) faults.push(told(name, finding, fix, 'edits a resource that is not there'));
      continue;
    }
    const changed = edits.flatMap(({ uri, edits: inFile }) => {
      const text = host.file(uri)!.text;
      try {
        return [{ uri, before: text, text: applyEdits(text, inFile) }];
      } catch (error) {
        faults.push(told(name, finding, fix, String(error)));
        return [];
      }
    });
    if (changed.length < edits.length) continue;
    host.apply(changed.map(({ uri, text }) => ({ uri, text })));
    host.work();
    const touched = new Set([...host.takeChanged(), ...changed.map((it) => it.uri)]);
    const after = new Map([...touched].map((uri) => [uri, diagnosticsIn(host, uri)]));
    for (const fault of faultsOf(finding.diagnostic, before, after)) faults.push(told(name, finding, fix, fault));
    for (const it of changed) {
      const lost = lostComments(it.before, it.text);
      if (lost.length > 0 && !/^(?:Delete|Remove|Move|Keep)\b/.test(fix.title))
        faults.push(told(name, finding, fix, `loses the comment ${lost[0]}`));
    }
    host.apply(changed.map((it) => ({ uri: it.uri, text: it.before })));
    host.work();
    host.takeChanged();
  }
  return offers.length;
}

function faultsOf(
  own: Diagnostic,
  before: ReadonlyMap<string, readonly Diagnostic[]>,
  after: ReadonlyMap<string, readonly Diagnostic[]>,
): readonly string[] {
  const faults: string[] = [];
  const count = (all: ReadonlyMap<string, readonly Diagnostic[]>): number =>
    (all.get(own.uri) ?? []).filter((it) => it.rule === own.rule && it.message === own.message).length;
  if (count(after) >= count(before)) faults.push('leaves its finding');
  for (const [uri, found] of after) {
    const known = (before.get(uri) ?? []).map(errorOf);
    for (const error of found.filter((it) => it.severity === 'error' && !isExpectedBehind(own.rule, it)).map(errorOf)) {
      const at = known.indexOf(error);
      if (at >= 0) known.splice(at, 1);
      else faults.push(`adds an error: ${error}`);
    }
  }
  return faults;
}

/**
 * Errors that are no fault of a fix. One cause is told by one finding, so that what was wrong behind it shows when it is mended; a document
 * that is refused is judged by its schema alone until it is accepted; and a stub that somebody has to fill in says what is still missing.
 */
const BEHIND: readonly (readonly [rule: RegExp, error: RegExp])[] = [
  [/^schema\//, /^(?!yaml\/)/],
  [/^istio\/(?:unknown-host|partial-host)$/, /^istio\/unknown-subset$/],
  [/^istio\/unknown-trust-domain$/, /^istio\/unknown-principal$/],
  [/^istio\/route-without-action$/, /^istio\/unknown-host$/],
  // The name has a form that a Gateway may have; whether one is called so is another question.
  [/^istio\/invalid-gateway-reference$/, /^istio\/unknown-gateway$/],
  // The subset is there now; its pods are not.
  [/^istio\/unknown-subset$/, /^istio\/subset-selects-nothing$/],
  // Another server's port may be another Gateway's, or want a certificate.
  [/^istio\/gateway-port-not-on-service$/, /^istio\/(?:conflicting-gateways|unknown-gateway-credential)$/],
  // With a sidecar, a workload is held to what is asked of sidecars.
  [/^istio\/(?:namespace-not-injected|strict-mtls-without-injection)$/, /^istio\/plaintext-to-strict$/],
  // A patch for the old version no longer applies, which is told of the patch, and the resource is judged by its own file.
  [/^istio\/deprecated-version$/, /^(?:istio\/unknown-(?:gateway|host)|kustomize\/patch-for-nothing)$/],
  // Consul tells of one service of an entry at a time, and of a part that is not for this edition before what it holds.
  [/^consul\/l7-requires-http$/, /^consul\/l7-requires-http$/],
  [/^consul\/enterprise-field$/, /^consul\/subset-undefined$/],
  // What has a name or a place now may share it.
  [/^consul\/gateway-policy-invalid$/, /^consul\/gateway-policy-duplicate$/],
  [/^consul\/service-not-found$/, /^consul\/intention-duplicate-destination$/],
];

function isExpectedBehind(fixed: string, { rule }: Diagnostic): boolean {
  return BEHIND.some(([of, error]) => of.test(fixed) && error.test(rule));
}

function errorOf({ rule, message }: Diagnostic): string {
  // Names of items by their places move when one is taken out.
  return `${rule}: ${message.replace(/\[\d+\]/g, '[]')}`;
}

function diagnosticsIn(host: AnalysisHost, uri: string): readonly Diagnostic[] {
  return diagnosticSources(host, uri).map((it) => it.diagnostic);
}

function lostComments(before: string, after: string): readonly string[] {
  const left = new Set(commentsIn(after));
  return commentsIn(before).filter((it) => !left.has(it));
}

function commentsIn(text: string): readonly string[] {
  return (text.match(/^\s*#.*$/gm) ?? []).map((it) => it.trim());
}

function told(workspace: string, { diagnostic }: Finding, fix: Fix, fault: string): string {
  return `${workspace} ${path.basename(diagnostic.uri)}: "${fix.title}" of ${diagnostic.rule} ("${diagnostic.message}") ${fault}`;
}

/** Also what is off until somebody asks. */
const EVERYTHING: Settings = Object.fromEntries(meshes.flatMap((it) => it.rules).flatMap((it) => (it.offByDefault ? [[it.id, 'on']] : [])));

/** What the pages of the rules show as wrong. */
function examples(): readonly Workspace[] {
  return meshes.flatMap(({ rules }) =>
    rules.map((rule) => ({
      name: rule.id,
      files: new Map(
        rule.example.bad
          .split(/^# file: (?=\S+$)/m)
          .map((part, i) =>
            i === 0
              ? { uri: 'file:///example/main.yaml', text: part }
              : { uri: `file:///example/${/^\S+/.exec(part)![0]}`, text: part.slice(part.indexOf('\n') + 1) },
          )
          .filter((it) => it.text.trim() !== '')
          .map((it) => [it.uri, it.text] as const),
      ),
      settings: rule.example.settings ?? {},
    })),
  );
}

/** Every folder of a case, and every repository. */
function corpus(): readonly Workspace[] {
  if (!existsSync(CORPUS)) return [];
  return foldersIn(CORPUS).flatMap((suite) =>
    foldersIn(path.join(CORPUS, suite)).map((it): Workspace => {
      const folder = path.join(CORPUS, suite, it);
      return { name: `${suite}/${it}`, files: new Map(yamlIn(folder)), settings: {} };
    }),
  );
}

function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((it) => it.isDirectory())
    .map((it) => it.name)
    .sort();
}

function yamlIn(folder: string): readonly (readonly [uri: string, text: string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile() && /\.ya?ml$/.test(it.name))
    .map((it) => path.relative(folder, path.join(it.parentPath, it.name)))
    .sort()
    .map(
      (it) =>
        [`file:///case/${it.split(path.sep).map(encodeURIComponent).join('/')}`, readFileSync(path.join(folder, it), 'utf8')] as const,
    );
}

/** In an order that a seed decides; the whole run has them all. */
function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const order = [...items];
  let state = seed;
  for (let i = order.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = state % (i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
