import type { Definition, Reference } from '../model/facts.js';
import type { ResourceId } from '../model/resource.js';
import { touches, type Range } from '../text/range.js';
import type { Cursor, ResourceView, Snapshot } from './snapshot.js';

/** A thing with a name, whatever tables it is filed in and whatever scopes apply it: the place that defines it. */
export interface Target {
  /** In the first scope. */
  readonly resource: ResourceId;
  readonly range: Range;
  /** All its definitions; they share the place. */
  readonly definitions: readonly Definition[];
}

/** The reference under the cursor, the narrowest one where several overlap. */
export function referenceAt({ view, offset }: Cursor): Reference | undefined {
  return narrowest(view?.facts.references.filter((it) => touches(it.range, offset)) ?? []);
}

/** What the cursor stands on as a definition. */
export function targetAt({ view, offset }: Cursor): Target | undefined {
  const definition = narrowest(view?.facts.definitions.filter((it) => touches(it.range, offset)) ?? []);
  return definition && view && targetOf(view, definition.range);
}

/** What a reference leads to in any scope that it is in, each thing once. */
export function targetsOf(snapshot: Snapshot, reference: Reference): readonly Target[] {
  const targets: Target[] = [];
  for (const definition of twinsOf(snapshot, reference).flatMap((it) => snapshot.resolve(it))) {
    const view = snapshot.resource(definition.resource);
    if (!view) continue;
    const target = targetOf(view, definition.range);
    if (!targets.some((it) => isSame(it, target))) targets.push(target);
  }
  return targets;
}

/** The same reference in every scope that its document is in. */
function twinsOf(snapshot: Snapshot, reference: Reference): readonly Reference[] {
  const built = snapshot.resource(reference.resource)?.document.built ?? [];
  const twins = built.flatMap((view) =>
    view.facts.references.filter((it) => it.lookup === reference.lookup && isEqualRange(it.range, reference.range)),
  );
  return twins.length === 0 ? [reference] : twins;
}

/** Every reference that leads to a thing, in order of file and place. */
export function referencesToTarget(snapshot: Snapshot, target: Target): readonly Reference[] {
  const found = new Set(target.definitions.flatMap((it) => snapshot.referencesToDefinition(it)));
  return [...found].sort((a, b) => (a.resource < b.resource ? -1 : a.resource > b.resource ? 1 : a.range.start - b.range.start));
}

export function isSame(a: Target, b: Target): boolean {
  return a.resource === b.resource && isEqualRange(a.range, b.range);
}

function targetOf(view: ResourceView, range: Range): Target {
  const definitions = view.document.built.flatMap((it) =>
    it.facts.definitions.filter((definition) => isEqualRange(definition.range, range)),
  );
  return { resource: definitions[0]?.resource ?? view.resource.id, range, definitions };
}

function isEqualRange(a: Range, b: Range): boolean {
  return a.start === b.start && a.end === b.end;
}

function narrowest<T extends { readonly range: Range }>(facts: readonly T[]): T | undefined {
  return facts.reduce<T | undefined>(
    (best, it) => (best && best.range.end - best.range.start <= it.range.end - it.range.start ? best : it),
    undefined,
  );
}
