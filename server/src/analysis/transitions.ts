import { world as worldLookup } from '../index/settings.js';
import type { Diagnostic } from '../rules/diagnostic.js';
import type { Resource } from '../model/resource.js';
import { severityOf } from '../rules/severity.js';
import { removedButUsed, type Revision, type Transition, type TransitionProblem } from '../rules/transition.js';
import { pathTo } from '../yaml/path.js';
import { compareDiagnostics, messageOf, severitySettings } from './diagnostics.js';
import type { AnalysisHost } from './host.js';
import type { ResourceState } from './state.js';

/** A dangerous step between two revisions, with the revision whose text it is told at. */
export interface Step {
  readonly diagnostic: Diagnostic;
  /** The earlier of the two. */
  readonly before: AnalysisHost;
  readonly host: AnalysisHost;
  readonly state: ResourceState;
  readonly problem: TransitionProblem;
}

/** Transitions of all systems. */
function allTransitions({ modules }: Pick<AnalysisHost, 'modules'>): readonly Transition[] {
  return [removedButUsed, ...modules.flatMap((it) => it.transitions ?? [])];
}

/** What is dangerous on the way from one revision of a workspace to another; settings are those of the later one. */
export function compareRevisions(before: AnalysisHost, after: AnalysisHost): readonly Step[] {
  const revisions = { before: revisionOf(before), after: revisionOf(after) };
  const steps: Step[] = [];
  const told = new Set<string>();
  for (const rule of allTransitions(after)) {
    for (const problem of rule.compare(revisions)) {
      const host = problem.in === 'before' ? before : after;
      const state = host.resource(problem.resource.id);
      const place = state && host.placeOf(state, problem.at);
      if (!state || !place) continue;
      const severity = severityOf(rule, {}, after.look().get(worldLookup), severitySettings(after, place.uri));
      const key = `${rule.id}|${place.uri}|${place.range.start}|${problem.message}`;
      // A base says the same in every scope.
      if (severity === undefined || told.has(key)) continue;
      told.add(key);
      const diagnostic: Diagnostic = {
        rule: rule.id,
        category: rule.category,
        severity,
        peers: rule.peers ?? [],
        message: messageOf(rule, { message: problem.message }, false),
        uri: place.uri,
        range: place.range,
        path: pathTo(state.resource.root, problem.at),
        resource: state.resource.id,
        related: [],
        tags: [],
        hasFix: false,
        scopes: state.resource.scope === '' ? [] : [host.plan.nameOf(state.resource.scope)],
      };
      steps.push({ diagnostic, before, host, state, problem });
    }
  }
  return steps.sort((a, b) => compareDiagnostics(a.diagnostic, b.diagnostic));
}

/** Manifests that take steps back: those to apply and those to delete; empty where there are none. */
export function rollbackOf(steps: readonly Step[]): { readonly restore: string; readonly remove: string } {
  const documents = (texts: readonly string[]): string => texts.map((it) => `---\n${it.replace(/^---[^\n]*\n/, '').trimEnd()}\n`).join('');
  // Values of Secrets are written nowhere; who has them puts them back.
  const restores = steps.flatMap(({ before, problem }) =>
    problem.restores
      .filter((it) => it.kind !== 'Secret')
      .map((resource) => ({ resource, text: before.resource(resource.id)?.document.text })),
  );
  const removes = steps.flatMap(({ problem }) => (problem.removes ?? []).map((resource) => ({ resource, text: named(resource) })));
  return { restore: documents(distinct(restores)), remove: documents(distinct(removes)) };
}

function named({ apiVersion, kind, name, namespace }: Resource): string {
  const place = namespace === undefined ? '' : `, namespace: ${JSON.stringify(namespace)}`;
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: ${JSON.stringify(name)}${place} }`;
}

/** Texts of resources, each once, in the order of their ids. */
function distinct(items: readonly { readonly resource: Resource; readonly text: string | undefined }[]): readonly string[] {
  const byId = [...new Map(items.map((it) => [it.resource.id, it])).values()].sort((a, b) => (a.resource.id < b.resource.id ? -1 : 1));
  return byId.flatMap(({ text }) => text ?? []);
}

function revisionOf(host: AnalysisHost): Revision {
  const byKind = new Map<string, Resource[]>();
  const byIdentity = new Map<string, Resource>();
  const states: ResourceState[] = [];
  for (const { slots } of host.files()) {
    for (const { document } of slots) {
      for (const state of document.built) {
        if (state.placement.isPatch) continue;
        states.push(state);
        const { resource } = state;
        const list = byKind.get(resource.kind);
        if (list) list.push(resource);
        else byKind.set(resource.kind, [resource]);
        byIdentity.set(identityOf(resource), resource);
      }
    }
  }
  return {
    resources: (kind) => byKind.get(kind) ?? [],
    same: (resource) => byIdentity.get(identityOf(resource)),
    look: (scope) => host.look(scope),
    resource: (id) => host.resource(id)?.resource,
    *references() {
      for (const { resource, facts } of states) for (const reference of facts.references) yield { resource, reference };
    },
    definers: (reference) => host.resolve(reference).flatMap((it) => host.resource(it.resource)?.resource ?? []),
  };
}

/** What makes two resources of different revisions the same; a file may be moved. */
function identityOf({ scope, group, kind, namespace, name }: Resource): string {
  return `${scope}|${group}/${kind}/${namespace ?? ''}/${name}`;
}
