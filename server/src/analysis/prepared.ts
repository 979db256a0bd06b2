import { NO_FACTS, type Facts } from '../index/store.js';
import { KeptReference } from '../model/facts.js';
import type { ScopeId, ResourceId } from '../model/resource.js';
import type { Words } from '../rules/dispatch.js';
import type { Problem } from '../rules/rule.js';
import type { Found } from '../rules/runner.js';
import type { Foreign, ResourceIdentity, ResourceMarks } from '../sources/documents.js';
import { isWithinNamespace } from '../sources/kustomize/build.js';
import type { Placement } from '../sources/scopes.js';
import { lastingRange } from '../text/range.js';

/**
 * What the documents of a file show by their text alone, as plain data, so that another thread may find it. It holds for every host of the
 * same build with the same choice of schemas; what depends on other files is left for the host that takes it over.
 */
export interface PreparedFile {
  /** Which schemas judged, and whether rules that are off by default did. */
  readonly choices: string;
  /** Where the documents begin. */
  readonly starts: readonly number[];
  /** By their order; undefined: one that is to be read where it is taken over. */
  readonly documents: readonly (PreparedDocument | undefined)[];
}

export interface PreparedDocument {
  readonly foreign: Foreign | undefined;
  /** Words of systems in its text. */
  readonly systems: Words;
  readonly resources: readonly PreparedResource[];
}

export interface PreparedResource {
  readonly item: number | undefined;
  readonly identity: ResourceIdentity;
  readonly marks: ResourceMarks;
  readonly facts: PreparedFacts | undefined;
  readonly hidesNames: boolean;
  readonly words: Words | undefined;
  /** What rules that look at nothing else found, and the schema; undefined: they are to be asked again. */
  readonly own: readonly PreparedFinding[] | undefined;
  readonly ofSchema: readonly PreparedFinding[] | undefined;
}

/** A finding with its rule's id: rules hold functions. */
export interface PreparedFinding {
  readonly rule: string;
  readonly problem: Problem;
  readonly path: string | undefined;
}

/** Findings by the ids of their rules; undefined where one points to a resource, which has another id wherever it is taken over. */
export function byRuleId(found: readonly Found[] | undefined): readonly PreparedFinding[] | undefined {
  if (found?.some(({ problem }) => problem.related?.some(({ at }) => 'resource' in at)) !== false) return undefined;
  return found.map(({ rule, problem, path }) => ({ rule: rule.id, problem, path }));
}

/** Without whose they are: the host that takes them over knows. Lists hold no names of fields, which would be most of what is handed on. */
export interface PreparedFacts {
  /** Table, key, start, end, data. */
  readonly definitions: readonly (readonly [string, string, number, number, unknown])[];
  /** Lookup, key, start, end, start and end of the name where it is not all of that. */
  readonly references: readonly (readonly [string, string, number, number, number?, number?])[];
}

/** Facts without their owner. */
export function unowned({ definitions, references }: Facts): PreparedFacts | undefined {
  if (definitions.length + references.length === 0) return undefined;
  return {
    definitions: definitions.map(({ table, key, range, data }) => [table, key, range.start, range.end, data]),
    references: references.map(({ lookup, key, range, nameRange }) =>
      nameRange === undefined
        ? [lookup, key, range.start, range.end]
        : [lookup, key, range.start, range.end, nameRange.start, nameRange.end],
    ),
  };
}

/** Facts of a resource. */
export function owned(facts: PreparedFacts | undefined, resource: ResourceId, scope: ScopeId): Facts {
  if (facts === undefined) return NO_FACTS;
  const { definitions, references } = facts;
  return {
    definitions:
      definitions.length === 0
        ? NO_FACTS.definitions
        : definitions.map(([table, key, start, end, data]) => ({
            table,
            key,
            resource,
            scope,
            range: lastingRange(start, end),
            data,
          })),
    references:
      references.length === 0
        ? NO_FACTS.references
        : references.map(
            ([lookup, key, start, end, nameStart = -1, nameEnd = -1]) =>
              new KeptReference(lookup, key, resource, scope, start, end, nameStart, nameEnd),
          ),
  };
}

/** Whether a resource is in a placement as its document states it, so that nothing else has to be known of where it is. */
export function keepsWhatIsStated(placement: Placement, identity: ResourceIdentity, isNamespaced: boolean): boolean {
  const { forces, isPatch, chain, values } = placement;
  const namespace = forces === true ? (placement.namespace ?? identity.namespace) : (identity.namespace ?? placement.namespace);
  return (
    (namespace === identity.namespace || !isNamespaced) &&
    !isPatch &&
    values === undefined &&
    chain.every((it) => !it.changesMore && it.patches.length === 0 && isWithinNamespace(it, identity))
  );
}

/** Identity without the kind, which holds functions. */
export function identityAlone({ apiVersion, group, version, kind, namespace, name }: ResourceIdentity): ResourceIdentity {
  return { apiVersion, group, version, kind, namespace, name };
}
