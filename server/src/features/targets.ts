import type { Definition, Reference } from '../model/facts.js';
import type { ResourceId } from '../model/resource.js';
import { touches, type Range } from '../text/range.js';
import type { Cursor, Snapshot } from './snapshot.js';

/** A thing with a name, whatever tables it is filed in: the resource and the place that define it. */
export interface Target {
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
  return definition && view && targetOf(view.facts.definitions, definition);
}

/** What a reference leads to, each thing once. */
export function targetsOf(snapshot: Snapshot, reference: Reference): readonly Target[] {
  const targets: Target[] = [];
  for (const definition of snapshot.resolve(reference)) {
    const view = snapshot.resource(definition.resource);
    if (!view) continue;
    const target = targetOf(view.facts.definitions, definition);
    if (!targets.some((it) => isSame(it, target))) targets.push(target);
  }
  return targets;
}

/** Every reference that leads to a thing, in order of file and place. */
export function referencesToTarget(snapshot: Snapshot, target: Target): readonly Reference[] {
  const found = new Set(target.definitions.flatMap((it) => snapshot.referencesToDefinition(it)));
  return [...found].sort((a, b) => (a.resource < b.resource ? -1 : a.resource > b.resource ? 1 : a.range.start - b.range.start));
}

export function isSame(a: Target, b: Target): boolean {
  return a.resource === b.resource && a.range.start === b.range.start && a.range.end === b.range.end;
}

function targetOf(all: readonly Definition[], { resource, range }: Definition): Target {
  return { resource, range, definitions: all.filter((it) => it.range.start === range.start && it.range.end === range.end) };
}

function narrowest<T extends { readonly range: Range }>(facts: readonly T[]): T | undefined {
  return facts.reduce<T | undefined>(
    (best, it) => (best && best.range.end - best.range.start <= it.range.end - it.range.start ? best : it),
    undefined,
  );
}
