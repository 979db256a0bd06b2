import type { Resource, Site } from '../model/resource.js';
import type { Description, HoverContext } from '../rules/editor.js';
import { fieldAt } from '../schema/walk.js';
import { shift, type Range } from '../text/range.js';
import { nodeAt } from '../yaml/path.js';
import { enumMarkdown, fieldMarkdown } from './field-text.js';
import { isPathOf, moduleOf, namesKind } from './kinds.js';
import { isSettingsFile, settingsHover } from './settings-file.js';
import { cursorAt, placeOf, type Cursor, type Place, type Snapshot } from './snapshot.js';
import { referenceAt, referencesToTarget, targetAt, targetsOf, type Target } from './targets.js';

export interface HoverText {
  readonly markdown: string;
  /** In offsets of the file: the key, or the value, alone. */
  readonly range: Range;
}

export interface HoverOptions {
  /** Spelling of a URI in links. */
  readonly uriOf: (uri: string) => string;
  readonly isTrusted: boolean;
  /** Leaves out what a schema says, where somebody else says it. */
  readonly withoutSchema?: boolean;
}

/** What a reference leads to, what a definition is, what a field does. */
export function hover(snapshot: Snapshot, uri: string, offset: number, options: HoverOptions): HoverText | undefined {
  if (isSettingsFile(uri)) return settingsHover(snapshot, uri, offset);
  const cursor = cursorAt(snapshot, uri, offset);
  const told = cursor && hoverAt(snapshot, cursor, options);
  if (!cursor || !told) return undefined;
  const differs = differingScopes(snapshot, cursor, told, options);
  return differs === undefined ? told : { ...told, markdown: `${told.markdown}\n\n${differs}` };
}

/** Names the scopes in which the same place comes to something else. */
function differingScopes(snapshot: Snapshot, cursor: Cursor, told: HoverText, options: HoverOptions): string | undefined {
  const { document } = cursor.slot;
  const own = cursor.view;
  if (!own || document.built.length === document.resources.length) return undefined;
  const others = document.built.filter(
    ({ resource }) => resource.scope !== own.resource.scope && resource.root.start === own.resource.root.start,
  );
  const names = others.flatMap((view) => {
    const there = hoverAt(snapshot, { ...cursor, view }, options);
    return there?.markdown === told.markdown ? [] : [`"${escapeMarkdown(snapshot.scopeName(view.resource.scope))}"`];
  });
  const unique = [...new Set(names)].sort();
  if (unique.length === 0) return undefined;
  if (unique.length > 3) return `Differs in ${unique.length} scopes`;
  return unique.length === 1 ? `Differs in scope ${unique[0]}` : `Differs in scopes ${unique.slice(0, -1).join(', ')} and ${unique.at(-1)}`;
}

function hoverAt(snapshot: Snapshot, cursor: Cursor, options: HoverOptions): HoverText | undefined {
  if (!cursor.view) return undefined;
  const { slot } = cursor;
  const name = nameText(snapshot, cursor, options);
  const field = fieldText(snapshot, cursor, options);
  const range = name?.range ?? field?.range;
  const parts = [name?.markdown, (name && field?.onKey) || options.withoutSchema ? field?.value : field?.markdown].filter(
    (it): it is string => it !== undefined && it !== '',
  );
  return range && parts.length > 0 ? { markdown: parts.join('\n\n'), range: shift(range, slot.start) } : undefined;
}

function nameText(snapshot: Snapshot, cursor: Cursor, options: HoverOptions): HoverText | undefined {
  const reference = referenceAt(cursor);
  const own = reference ? undefined : targetAt(cursor);
  const targets = reference ? targetsOf(snapshot, reference) : own ? [own] : [];
  const range = (reference ?? own)?.range;
  if (!range || targets.length === 0) return undefined;
  // A selector may lead to many: each gets a line, one alone is told in full.
  const [first] = targets;
  if (targets.length === 1) return { markdown: describeTarget(snapshot, cursor, first!, options), range };
  const items = targets.slice(0, MOST).map((it) => `- ${headOf(snapshot, cursor, it, options)}`);
  if (targets.length > MOST) items.push(`- and ${targets.length - MOST} more`);
  return { markdown: items.join('\n'), range };
}

/** Lines of a list before the rest is counted. */
const MOST = 8;

function describeTarget(snapshot: Snapshot, cursor: Cursor, target: Target, options: HoverOptions): string {
  const told = descriptionOf(snapshot, cursor, target, options);
  return [headOf(snapshot, cursor, target, options, told), ...(told?.lines ?? [])].filter((it) => it !== '').reduce(joinLines);
}

/** A line that is a list of its own, told by its line break, follows an empty line. */
function joinLines(text: string, line: string): string {
  return text + (line.startsWith('\n') ? '\n' : '\\\n') + line;
}

function headOf(
  snapshot: Snapshot,
  cursor: Cursor,
  target: Target,
  options: HoverOptions,
  told = descriptionOf(snapshot, cursor, target, options),
): string {
  const resource = snapshot.resource(target.resource)?.resource;
  if (!resource) return '';
  const title = told?.title ?? `${resource.kind} ${escapeMarkdown(resource.name)}`;
  const context = told?.context ?? (resource.namespace === undefined ? undefined : escapeMarkdown(resource.namespace));
  const link = linkTo(snapshot, { resource: target.resource, range: target.range }, options);
  return [`**${title}**`, context, link].filter((it) => it !== undefined && it !== '').join(' · ');
}

/** What systems say of a definition: the first gives title and context, the others add lines. */
function descriptionOf(snapshot: Snapshot, cursor: Cursor, target: Target, options: HoverOptions): Description | undefined {
  const context = contextOf(snapshot, cursor, options, target);
  const told: Description[] = [];
  for (const module of snapshot.modules) {
    for (const hover of module.editor?.definitions ?? []) {
      const definition = target.definitions.find((it) => it.table === hover.table.name);
      if (!definition) continue;
      told.push(hover.describe(definition as never, context));
      break;
    }
  }
  const [first] = told;
  return first && { ...first, lines: told.flatMap((it) => it.lines) };
}

/** A field's own text; `value` is the part about this very value, without the field's documentation. */
function fieldText(
  snapshot: Snapshot,
  cursor: Cursor,
  options: HoverOptions,
): (HoverText & { readonly value: string; readonly onKey: boolean }) | undefined {
  const { view, offset } = cursor;
  const { resource, kind } = view!;
  const { root } = resource;
  const steps = nodeAt(root, offset);
  const last = steps[steps.length - 1];
  if (!last || steps.length < 2) return undefined;
  const range = last.onKey ? last.entry!.keyRange : last.node;
  if (!last.onKey && (last.node.type !== 'scalar' || last.node.opaque)) return undefined;
  const field = fieldAt(snapshot.schemas, root, resource.apiVersion, resource.kind, offset)?.field;
  const path = steps.slice(1).map((it) => it.index ?? it.entry!.key);
  const lines: string[] = [];
  for (const module of snapshot.modules) {
    for (const source of module.editor?.fields ?? []) {
      if (!namesKind(source.kinds, module, snapshot.modules, resource) || !isPathOf(source.paths, path)) continue;
      lines.push(...source.describe(resource, last.node, contextOf(snapshot, cursor, options, undefined)));
    }
  }
  const value = lines.join('\\\n');
  const written = last.node.type === 'scalar' ? String(last.node.value) : '';
  let markdown = '';
  if (path.length === 1 && path[0] === 'kind' && !last.onKey)
    markdown = kindText(snapshot, resource, kind && moduleOf(snapshot.modules, kind)?.title);
  // Of a key that people choose, what is known of this one is enough.
  else if (field && last.onKey) markdown = field.name === '*' && value !== '' ? '' : fieldMarkdown(field);
  else if (field) markdown = enumMarkdown(field, written) ?? '';
  const whole = [value, markdown].filter((it) => it !== '').join('\n\n');
  return whole === '' ? undefined : { markdown: whole, value, onKey: last.onKey, range: { start: range.start, end: range.end } };
}

function kindText(snapshot: Snapshot, resource: Resource, system: string | undefined): string {
  const root = snapshot.schemas.root(resource.apiVersion, resource.kind);
  if (!root) return '';
  const lines = [[`**${resource.kind}**`, system, `\`${resource.apiVersion}\``].filter((it) => it !== undefined).join(' · ')];
  if (root.docs !== undefined) lines.push(root.docs.trim().replace(/\n+/g, ' '));
  const fields = root.fields.find((it) => it.name === 'spec')?.fields ?? [];
  const main = fields.filter((it) => it.required || it.docs !== undefined).slice(0, 6);
  if (main.length > 0) lines.push(`Main fields: ${main.map((it) => `\`${it.name}\``).join(', ')}`);
  if (root.link !== undefined) lines.push(`[Reference](${root.link})`);
  return lines.join('\\\n');
}

function contextOf(snapshot: Snapshot, { view }: Cursor, options: HoverOptions, target: Target | undefined): HoverContext {
  let kinds: ReadonlyMap<string, number> | undefined;
  return {
    look: snapshot.look(view?.resource.scope),
    resource: view?.resource,
    link: (site, title) => linkTo(snapshot, site, options, title),
    escape: escapeMarkdown,
    referrers: (kind) => {
      kinds ??= target ? referrersOf(snapshot, target) : new Map();
      return kinds.get(kind) ?? 0;
    },
  };
}

/** Resources that refer to something, counted by kind. */
function referrersOf(snapshot: Snapshot, target: Target): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  for (const { resource } of referencesToTarget(snapshot, target)) {
    if (seen.has(resource)) continue;
    seen.add(resource);
    const kind = snapshot.resource(resource)?.resource.kind ?? '';
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

function linkTo(snapshot: Snapshot, site: Site, options: HoverOptions, title?: string): string {
  const place = placeOf(snapshot, site.resource, site.range);
  return place === undefined ? (title ?? '') : linkToPlace(snapshot, place, options, title);
}

/** A link to a place, called as people name it where no title is given. */
export function linkToPlace(snapshot: Snapshot, place: Place, options: Pick<HoverOptions, 'uriOf'>, title?: string): string {
  const file = snapshot.file(place.uri);
  if (!file) return title ?? '';
  const { line, character } = file.lines.positionAt(place.range.start);
  const text = title ?? `${snapshot.displayPath(place.uri)}:${line + 1}`;
  return `[${escapeMarkdown(text)}](${options.uriOf(place.uri).replace(/[()]/g, (it) => (it === '(' ? '%28' : '%29'))}#L${line + 1},${character + 1})`;
}

/** Text out of manifests, with nothing in it that Markdown or HTML would read. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#!|~]/g, '\\$&').replace(/\s+/g, ' ');
}
