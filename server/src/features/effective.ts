import type { Resource, Site } from '../model/resource.js';
import type { HintTold, InlayHint, LensPart, StateLine } from '../rules/editor.js';
import { shift, type Range } from '../text/range.js';
import type { YamlNode } from '../yaml/node.js';
import { isPathOf, namesKind } from './kinds.js';
import { placeOf, type Place, type ResourceView, type Snapshot } from './snapshot.js';

/** What a resource comes to, as systems tell it. */
export interface State {
  readonly view: ResourceView;
  readonly summary: string | undefined;
  readonly lines: readonly StateLine[];
}

/** The effective state of a resource; undefined where no system knows its kind. */
export function stateOf(snapshot: Snapshot, view: ResourceView): State | undefined {
  const look = snapshot.look(view.resource.scope);
  const told = snapshot.modules.flatMap((module) =>
    (module.editor?.states ?? [])
      .filter((it) => namesKind(it.kinds, module, snapshot.modules, view.resource))
      .map((it) => it.describe(view.resource, look)),
  );
  const lines = told.flatMap((it) => it.lines);
  return lines.length === 0 ? undefined : { view, summary: told.find((it) => it.summary !== undefined)?.summary, lines };
}

/** Resources called `Kind/name` or `kind/name.namespace`, also by kubectl's short names; once for each place that states them. */
export function resourcesCalled(snapshot: Snapshot, written: string): readonly ResourceView[] {
  const slash = written.indexOf('/');
  if (slash < 1) return [];
  const kindName = written.slice(0, slash).toLowerCase();
  const rest = written.slice(slash + 1);
  const dot = rest.lastIndexOf('.');
  const names = [{ name: rest, namespace: undefined as string | undefined }];
  if (dot > 0) names.push({ name: rest.slice(0, dot), namespace: rest.slice(dot + 1) });
  const found: ResourceView[] = [];
  for (const file of snapshot.files()) {
    for (const { document } of file.slots) {
      for (const view of document.resources) {
        const { resource, kind } = view;
        const isKind =
          resource.kind.toLowerCase() === kindName ||
          kind?.plural?.toLowerCase() === kindName ||
          kind?.shortNames.includes(kindName) === true;
        if (!isKind || resource.partial) continue;
        if (names.some((it) => it.name === resource.name && (it.namespace === undefined || it.namespace === resource.namespace)))
          found.push(view);
      }
    }
  }
  return found;
}

export interface ShownLens {
  /** The resource's first line, in offsets of the file. */
  readonly at: number;
  readonly text: string;
  readonly places: readonly Place[];
}

/** One line above each resource of a file; `groups`: what the setting shows. */
export function codeLenses(snapshot: Snapshot, uri: string, groups: readonly string[]): readonly ShownLens[] {
  const shown: ShownLens[] = [];
  for (const { view, start } of viewsIn(snapshot, uri)) {
    const { resource } = view;
    const context = { look: snapshot.look(resource.scope), referrers: (kind: string) => referrersOf(snapshot, view, kind) };
    const parts = snapshot.modules.flatMap((module): readonly LensPart[] =>
      (module.editor?.lenses ?? [])
        .filter((it) => namesKind(it.kinds, module, snapshot.modules, resource))
        .flatMap((it) => it.describe(resource, context)),
    );
    const wanted = parts.filter((it) => groups.includes(it.group));
    if (wanted.length === 0) continue;
    shown.push({
      at: resource.root.start + start,
      text: wanted.map((it) => it.text).join(' · '),
      places: placesOf(
        snapshot,
        wanted.flatMap((it) => it.sites),
      ),
    });
  }
  return shown;
}

export interface ShownHint {
  readonly at: number;
  readonly text: string;
  readonly joins: boolean;
  readonly place: Place | undefined;
}

/** At most this many characters on a line: VS Code cuts longer ones. */
const LONGEST = 40;

/** Hints behind values in a range of a file; `groups`: what the setting shows. */
export function inlayHints(snapshot: Snapshot, uri: string, range: Range, groups: readonly string[]): readonly ShownHint[] {
  const shown: ShownHint[] = [];
  for (const { view, start } of viewsIn(snapshot, uri)) {
    const { resource } = view;
    const own = shift(resource.root, start);
    if (own.end < range.start || own.start > range.end) continue;
    const sources = snapshot.modules.flatMap((module) =>
      (module.editor?.hints ?? []).filter((it) => groups.includes(it.group) && namesKind(it.kinds, module, snapshot.modules, resource)),
    );
    if (sources.length === 0) continue;
    const look = snapshot.look(resource.scope);
    visit(resource.root, [], (node, path) => {
      const at = node.end + start;
      if (at < range.start || at > range.end) return;
      const told = sources.flatMap((it: InlayHint): HintTold[] => {
        const hint = isPathOf(it.paths, path) ? it.describe(resource, node, path, look) : undefined;
        return hint ? [hint] : [];
      });
      const [first] = told;
      if (!first) return;
      const text = told.map((it) => it.text).join(', ');
      const place = first.site && placeOf(snapshot, first.site.resource, first.site.range);
      shown.push({
        at,
        text: text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text,
        joins: first.joins ?? false,
        place,
      });
    });
  }
  return shown;
}

function viewsIn(snapshot: Snapshot, uri: string): readonly { readonly view: ResourceView; readonly start: number }[] {
  const slots = snapshot.file(uri)?.slots ?? [];
  return slots.flatMap(({ document, start }) =>
    document.resources.filter((it) => !it.resource.partial && it.resource.name !== '').map((view) => ({ view, start })),
  );
}

/** Scalars of a tree, with their paths; a value that a template fills in says nothing. */
function visit(
  node: YamlNode,
  path: readonly (string | number)[],
  tell: (node: YamlNode, path: readonly (string | number)[]) => void,
): void {
  if (node.type === 'map') for (const entry of node.entries) visit(entry.value, [...path, entry.key], tell);
  else if (node.type === 'list') node.items.forEach((it, i) => visit(it, [...path, i], tell));
  else if (!node.opaque) tell(node, path);
}

function referrersOf(snapshot: Snapshot, view: ResourceView, kind: string): readonly Site[] {
  const sites = new Map<string, Site>();
  for (const definition of view.facts.definitions) {
    for (const { resource, range } of snapshot.referencesToDefinition(definition)) {
      if (snapshot.resource(resource)?.resource.kind === kind && !sites.has(resource)) sites.set(resource, { resource, range });
    }
  }
  return [...sites.values()];
}

function placesOf(snapshot: Snapshot, sites: readonly Site[]): readonly Place[] {
  const seen = new Set<string>();
  return sites.flatMap((site) => {
    const place = placeOf(snapshot, site.resource, site.range);
    const key = place && `${place.uri} ${place.range.start}`;
    if (!place || key === undefined || seen.has(key)) return [];
    seen.add(key);
    return [place];
  });
}

/** How people call a resource: `Deployment payments/payment`. */
export function titleOf({ kind, namespace, name }: Resource): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}
