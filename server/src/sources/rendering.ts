import type { Range } from '../text/range.js';
import { maskTemplates, type Action } from '../yaml/mask.js';
import { YamlList, YamlMap, type YamlScalar, type YamlEntry, type YamlNode } from '../yaml/node.js';
import { parseDocument } from '../yaml/parse.js';
import { splitDocuments } from '../yaml/split.js';
import { placedAt } from './kustomize/tree.js';

/** What Helm made of one template. */
export interface RenderedFile {
  /** The template at that time: of another text, nothing is known. */
  readonly source: string;
  /** Documents that came of it, in no order that means anything: Helm sorts them by kind. */
  readonly documents: readonly string[];
}

/** What Helm made of a chart, by the URI of the template; a template that came to nothing has no documents. */
export type Rendering = ReadonlyMap<string, RenderedFile>;

/** A document that Helm printed, and the path of its template, which begins with the name of the chart. */
export interface PrintedDocument {
  readonly template: string;
  readonly text: string;
}

/** The documents that `helm template` prints, each with the template that its first comment names. */
export function printedDocuments(output: string): readonly PrintedDocument[] {
  let template: string | undefined;
  return splitDocuments(output).flatMap(({ text }) => {
    template = /^# Source: (.+?)\s*$/m.exec(text)?.[1] ?? template;
    const isEmpty = /^(?:\s*(?:---.*|#.*)?(?:\r?\n|$))*$/.test(text);
    return template === undefined || isEmpty ? [] : [{ template, text }];
  });
}

/** For each document of a template, which ones came of it. */
export function cameOf(templates: readonly string[], rendered: readonly string[]): readonly (readonly string[])[] {
  const shares = templates.map((): string[] => []);
  const roots = templates.map((it) => parseDocument(it).root);
  const asIs = new Map(templates.map((it, i) => [body(it), i]));
  for (const text of rendered) {
    const root = parseDocument(text).root;
    let best = asIs.get(body(text));
    if (best === undefined && root !== undefined) {
      let most = -Infinity;
      roots.forEach((template, i) => {
        // A piece without a tree is what no other piece is.
        const alike = template === undefined ? -1000 : likeness(template, root);
        if (alike > most && !isOtherKind(template, root)) [most, best] = [alike, i];
      });
    }
    shares[best ?? 0]?.push(text);
  }
  return shares;
}

function body(text: string): string {
  return text.replace(/^(?:---.*|#.*|\s*)\r?\n/gm, '').trim();
}

function isOtherKind(template: YamlNode | undefined, rendered: YamlNode): boolean {
  const kind = template?.text('kind');
  return kind !== undefined && kind !== rendered.text('kind');
}

/** A rendered tree whose nodes stand where the template says what they are: at equal keys and items, else at the action that prints them. */
export function onTemplate(template: { readonly text: string; readonly root: YamlNode | undefined }, rendered: YamlMap): YamlMap {
  const { text, root } = template;
  const actions = maskTemplates(text).actions.filter((it) => !it.control);
  const end = text.search(/\S[^\n]*(?:\n|$)/);
  const first: Range = actions[0] ?? { start: Math.max(end, 0), end: Math.max(text.indexOf('\n', Math.max(end, 0)), 0) };
  if (root?.type !== 'map') {
    const { start } = first;
    return new Placing(text, []).map(new YamlMap(start, start, [], false), rendered, { at: first, limit: start });
  }
  return new Placing(text, actions).map(root, rendered, { at: first, limit: text.length });
}

interface Around {
  /** Where things stand of which the template shows nothing. */
  readonly at: Range;
  /** Where the next thing begins. */
  readonly limit: number;
}

class Placing {
  constructor(
    private readonly text: string,
    private readonly actions: readonly Action[],
  ) {}

  node(template: YamlNode, rendered: YamlNode, around: Around): YamlNode {
    if (template.type === 'map' && rendered.type === 'map') return this.map(template, rendered, around);
    if (template.type === 'list' && rendered.type === 'list') return this.#list(template, rendered, around);
    if (template.type === 'scalar' && template.end > template.start) return placedAt(rendered, template);
    return placedAt(rendered, this.#actionIn(template.start, around.limit, undefined) ?? around.at);
  }

  map(template: YamlMap, rendered: YamlMap, around: Around): YamlMap {
    const entries = rendered.entries.map((entry): YamlEntry => {
      // Branches of an `if` may have the same key.
      const alike = bestOf(
        template.entries.filter((it) => it.key === entry.key && !it.keyOpaque),
        (it) => likeness(it.value, entry.value),
      );
      if (alike === undefined) {
        const at = this.#printing(template, around);
        return { key: entry.key, keyOpaque: false, keyRange: { start: at.start, end: at.end }, value: placedAt(entry.value, at) };
      }
      const next = template.entries.find((it) => it.keyRange.start > alike.keyRange.start);
      const limit = next === undefined ? around.limit : next.keyRange.start;
      return {
        key: entry.key,
        keyOpaque: false,
        keyRange: alike.keyRange,
        value: this.node(alike.value, entry.value, { at: alike.keyRange, limit }),
      };
    });
    return new YamlMap(template.start, template.end, entries, template.flow);
  }

  #list(template: YamlList, rendered: YamlList, around: Around): YamlList {
    const { items } = template;
    const isOneToOne = items.length === rendered.items.length && !template.partial;
    const placed = rendered.items.map((item, i) => {
      const alike = isOneToOne ? items[i] : bestOf(items, (it) => likeness(it, item));
      if (alike === undefined || (!isOneToOne && template.partial && likeness(alike, item) < 0))
        return placedAt(item, this.#printing(template, around));
      const next = items[items.indexOf(alike) + 1];
      return this.node(alike, item, { at: alike, limit: next?.start ?? around.limit });
    });
    return new YamlList(template.start, template.end, placed, template.flow);
  }

  /** The action that prints what a map or list has beyond what is written in it. */
  #printing(node: YamlMap | YamlList, { at, limit }: Around): Range {
    const column = node.start - (this.text.lastIndexOf('\n', node.start - 1) + 1);
    return this.#actionIn(node.start, limit, column) ?? at;
  }

  #actionIn(start: number, end: number, column: number | undefined): Range | undefined {
    const within = this.actions.filter((it) => it.start >= start && it.end <= end);
    return (
      within.find((it) => it.alone && it.column === column) ??
      within.find((it) => it.alone) ??
      (column === undefined ? within[0] : undefined)
    );
  }
}

function bestOf<T>(items: readonly T[], worth: (item: T) => number): T | undefined {
  if (items.length < 2) return items[0];
  let best: T | undefined;
  let most = -Infinity;
  for (const item of items) {
    const is = worth(item);
    if (is > most) [most, best] = [is, item];
  }
  return best;
}

/** How much speaks for a part of a template having come to something; below zero, more speaks against it. */
function likeness(template: YamlNode | undefined, rendered: YamlNode, depth = 0): number {
  if (template === undefined || depth > 12) return 0;
  if (template.type === 'scalar') return likenessOfText(template, rendered);
  if (template.type !== rendered.type) return -2;
  if (template.type === 'map' && rendered.type === 'map') {
    let sum = 0;
    for (const { key, value } of rendered.entries) {
      const same = template.entries.filter((it) => it.key === key && !it.keyOpaque);
      if (same.length > 0) sum += 0.5 + Math.max(...same.map((it) => likeness(it.value, value, depth + 1)));
      else if (!template.partial) sum -= 0.5;
    }
    for (const { key, keyOpaque } of template.entries) if (!keyOpaque && !rendered.entry(key)) sum -= 0.25;
    return sum;
  }
  if (template.type === 'list' && rendered.type === 'list') {
    let sum = 0;
    const count = Math.min(template.items.length, rendered.items.length, 8);
    for (let i = 0; i < count; i++) sum += likeness(template.items[i], rendered.items[i]!, depth + 1);
    return sum;
  }
  return 0;
}

function likenessOfText(template: YamlScalar, rendered: YamlNode): number {
  if (!template.opaque) return rendered.type === 'scalar' && rendered.value === template.value ? 2 : -2;
  if (rendered.type !== 'scalar' || typeof template.value !== 'string') return 0;
  const pieces = template.value.split(/\{\{.*?\}\}/s);
  if (pieces.every((it) => it.trim() === '')) return 0;
  const found = String(rendered.value);
  let at = 0;
  for (const piece of pieces) {
    const next = found.indexOf(piece, at);
    if (next < 0) return -1;
    at = next + piece.length;
  }
  return 1;
}
