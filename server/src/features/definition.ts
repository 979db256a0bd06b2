import { paths, type KnownPath } from '../index/files.js';
import type { Range } from '../text/range.js';
import { shift } from '../text/range.js';
import { cursorAt, placeOf, textAt, type Place, type Snapshot } from './snapshot.js';
import { referenceAt, referencesToTarget, targetAt, targetsOf } from './targets.js';

export interface Link {
  /** What under the cursor leads there. */
  readonly from: Range;
  readonly to: Place;
  /** All of what is there: the resource, where the target is its name. */
  readonly whole: Place;
}

/** Go to definition: the reference under the cursor leads to whatever defines its key; a definition leads to itself. */
export function definition(snapshot: Snapshot, uri: string, offset: number): readonly Link[] {
  const cursor = cursorAt(snapshot, uri, offset);
  if (!cursor) return [];
  const reference = referenceAt(cursor);
  const own = reference ? undefined : targetAt(cursor);
  const from = (reference ?? own)?.range;
  if (!from) return [];
  const links: Link[] = [];
  // A path leads to a file, which no resource need be in.
  const led = reference?.lookup === paths.name ? snapshot.look().get(paths, reference.key) : reference ? snapshot.resolve(reference) : [];
  const file = led.map((it) => (it.table === paths.name ? (it.data as KnownPath).opens : undefined))[0];
  if (file !== undefined) {
    const to = { uri: file, range: { start: 0, end: 0 } };
    links.push({ from: shift(from, cursor.slot.start), to, whole: to });
  }
  for (const target of reference ? targetsOf(snapshot, reference) : own ? [own] : []) {
    const to = placeOf(snapshot, target.resource, target.range);
    const root = snapshot.resource(target.resource)?.resource.root;
    const whole = root && placeOf(snapshot, target.resource, root);
    if (to)
      links.push({
        from: shift(from, cursor.slot.start),
        to,
        whole: whole && whole.range.start <= to.range.start && to.range.end <= whole.range.end ? whole : to,
      });
  }
  return links;
}

/** Find references: every place that leads to what the cursor stands on, with its definitions if wanted. */
export function references(snapshot: Snapshot, uri: string, offset: number, includeDeclaration: boolean): readonly Place[] {
  const cursor = cursorAt(snapshot, uri, offset);
  if (!cursor) return [];
  const reference = referenceAt(cursor);
  const own = targetAt(cursor);
  const targets = reference ? targetsOf(snapshot, reference) : own ? [own] : [];
  const places: Place[] = [];
  const add = (resource: string, range: Range): void => {
    const place = placeOf(snapshot, resource, range);
    if (place && !places.some((it) => it.uri === place.uri && it.range.start === place.range.start && it.range.end === place.range.end))
      places.push(place);
  };
  for (const target of targets) {
    if (includeDeclaration) add(target.resource, target.range);
    for (const found of referencesToTarget(snapshot, target)) add(found.resource, found.range);
  }
  return places;
}

export interface Highlight {
  readonly range: Range;
  readonly isDefinition: boolean;
}

/** Other places of the same file that mean what the cursor stands on. A name that nothing defines is found by its text. */
export function highlights(snapshot: Snapshot, uri: string, offset: number): readonly Highlight[] {
  const cursor = cursorAt(snapshot, uri, offset);
  if (!cursor) return [];
  const reference = referenceAt(cursor);
  const own = targetAt(cursor);
  const targets = reference ? targetsOf(snapshot, reference) : own ? [own] : [];
  const found: Highlight[] = [];
  const add = (resource: string, range: Range, isDefinition: boolean): void => {
    const place = placeOf(snapshot, resource, range);
    if (place?.uri === uri && !found.some((it) => it.range.start === place.range.start)) found.push({ range: place.range, isDefinition });
  };
  for (const target of targets) {
    add(target.resource, target.range, true);
    for (const it of referencesToTarget(snapshot, target)) add(it.resource, it.range, false);
  }
  if (targets.length === 0 && reference && cursor.view) {
    const text = textAt(snapshot, reference.resource, reference.range);
    for (const it of cursor.view.facts.references)
      if (it.lookup === reference.lookup && textAt(snapshot, it.resource, it.range) === text) add(it.resource, it.range, false);
  }
  return found.sort((a, b) => a.range.start - b.range.start);
}
