import { isTyped } from '../model/kind.js';
import { isCalledPatch, type Resource } from '../model/resource.js';
import type { Candidate } from '../rules/editor.js';
import type { FixEdit } from '../rules/rule.js';
import type { Field } from '../schema/field.js';
import { fieldAtPath } from '../schema/walk.js';
import { itemKindOf, TYPED } from '../sources/documents.js';
import { shift, type Range } from '../text/range.js';
import { YamlMap } from '../yaml/node.js';
import { quoteIfNeeded } from '../yaml/edit.js';
import { resolvePlain } from '../yaml/scalar.js';
import { candidatesAt } from './candidates.js';
import { looseText, looseTexts, readLoosely, type CompletionPlace, type Loose, type Step } from './context.js';
import { ignoreProposals } from './ignore-comment.js';
import { fieldMarkdown, enumMarkdown } from './field-text.js';
import { isPathOf, isSubsequence, namesKind } from './kinds.js';
import { isSettingsFile, settingsProposals } from './settings-file.js';
import { cursorAt, type Cursor, type Snapshot } from './snapshot.js';
import { kindsInUse, templatesFor } from './templates.js';

export interface Proposal {
  readonly label: string;
  /** Dim, on the right. */
  readonly detail: string | undefined;
  /** Where it differs from the label, for matching what is typed. */
  readonly filter: string | undefined;
  readonly sortText: string;
  readonly sort: 'key' | 'enum' | 'resource' | Candidate['sort'];
  readonly deprecated: boolean;
  readonly preselect: boolean;
  readonly text: string;
  readonly isSnippet: boolean;
  /** Ranges of the file: up to the cursor, and the whole word. */
  readonly insert: Range;
  readonly replace: Range;
  /** Asks for suggestions again once it is in: a value follows. */
  readonly goesOn: boolean;
  readonly docs: DocsRequest | undefined;
  /** Edits elsewhere that belong to it. */
  readonly also: readonly FixEdit[];
}

/** What documentation is looked up by, when it is asked for. */
export interface DocsRequest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly path: readonly string[];
  readonly value?: string;
  readonly text?: string;
}

/** More than anybody reads; the rest is found by typing on. */
const MOST = 100;

/** What fits what was typed so far, the first of it where there is too much; then the list is not `complete`. */
export function completionList(
  snapshot: Snapshot,
  uri: string,
  offset: number,
): { readonly proposals: readonly Proposal[]; readonly isComplete: boolean } {
  if (isSettingsFile(uri)) return { proposals: settingsProposals(snapshot, uri, offset), isComplete: true };
  const ignored = ignoreProposals(snapshot, uri, offset);
  if (ignored) return { proposals: ignored, isComplete: true };
  const cursor = cursorAt(snapshot, uri, offset);
  if (!cursor) return { proposals: [], isComplete: true };
  const { root, place } = readLoosely(cursor.slot.document.text, cursor.offset);
  // Before an opening quote and behind a closing one nothing can be written.
  if (!place || cursor.offset < place.replace.start || cursor.offset > place.replace.end) return { proposals: [], isComplete: true };
  const beginnings = documentStart(snapshot, cursor, place);
  if (beginnings) return { proposals: beginnings, isComplete: true };
  const about = subjectOf(snapshot, cursor, root, place);
  const proposals = about ? [...keys(about), ...values(about)] : [];
  return { proposals, isComplete: about?.cut.isCut !== true };
}

/** What could stand at the cursor: keys and values of the schema, and names of the workspace. */
export function completion(snapshot: Snapshot, uri: string, offset: number): readonly Proposal[] {
  return completionList(snapshot, uri, offset).proposals;
}

/** Whole documents, where nothing stands in one yet, and kind and version together, where nothing but one of them does; undefined elsewhere. */
function documentStart(snapshot: Snapshot, cursor: Cursor, place: CompletionPlace): readonly Proposal[] | undefined {
  if (place.isFlow || place.siblings.size > 0 || place.hasColon) return undefined;
  const lineBreak = cursor.file.text.includes('\r\n') ? '\r\n' : '\n';
  const proposal = (i: number, label: string, detail: string, text: string): Proposal => ({
    ...base({ cursor, place }, 3, i),
    label,
    detail,
    filter: undefined,
    sort: 'resource',
    text: lead(place) + text.replaceAll('\n', lineBreak),
    docs: undefined,
  });
  if (isHeader(place.path) && place.sort === 'value') {
    const isKind = place.path[0] === 'kind';
    return kindsInUse(snapshot).map(({ apiVersion, kind, title }, i) =>
      isKind
        ? proposal(i, kind, `${title} · ${apiVersion}`, `${kind}\napiVersion: ${apiVersion}`)
        : proposal(i, `${apiVersion} ${kind}`, title, `${apiVersion}\nkind: ${kind}`),
    );
  }
  if (place.path.length > 0 || place.sort === 'value' || place.column > 0) return undefined;
  return templatesFor(snapshot, cursor.file.uri).map((it, i) => ({
    ...proposal(i, it.label, it.detail, it.snippet.trimEnd()),
    isSnippet: true,
    docs: { apiVersion: it.apiVersion, kind: it.kind, path: [] },
  }));
}

/** Documentation of a proposal. */
export function proposalDocs(snapshot: Snapshot, request: DocsRequest): string | undefined {
  if (request.text !== undefined) return request.text;
  const root = snapshot.schemas.root(request.apiVersion, request.kind);
  const field = root && fieldAtPath(root, request.path);
  if (!field) return undefined;
  return request.value === undefined ? fieldMarkdown(field) : enumMarkdown(field, request.value);
}

/** A place with the resource it belongs to. */
interface Subject {
  readonly snapshot: Snapshot;
  readonly cursor: Cursor;
  readonly place: CompletionPlace;
  readonly resource: Resource;
  readonly root: Loose | undefined;
  /** Steps from the document to the resource: those of an item of a `List`. */
  readonly prefix: readonly Step[];
  /** Path below the resource's own root. */
  readonly path: readonly Step[];
  readonly field: Field | undefined;
  /** A fragment that is merged into a resource elsewhere: it needs nothing, so nothing comes first for being required. */
  readonly isPatch: boolean;
  /** Whether there was more than fits. */
  readonly cut: { isCut: boolean };
}

function subjectOf(snapshot: Snapshot, cursor: Cursor, root: Loose | undefined, place: CompletionPlace): Subject | undefined {
  const listKind = looseText(root, ['kind']) ?? '';
  const isList = listKind.endsWith('List') && place.path[0] === 'items' && typeof place.path[1] === 'number';
  const prefix = isList ? place.path.slice(0, 2) : [];
  const text = (...steps: Step[]): string => looseText(root, [...prefix, ...steps]) ?? '';
  // An item may leave to its list what it is.
  const itemKind = isList && text('kind') === '' ? itemKindOf(listKind) : undefined;
  // Some files say by their name what they are.
  const isHeadless = itemKind === undefined && text('apiVersion') === '' && text('kind') === '';
  const typed = isHeadless && text('type') !== '' ? snapshot.kindOf(TYPED, text('type')) : undefined;
  const named = isHeadless
    ? (typed ?? snapshot.modules.flatMap((it) => it.kinds).find((it) => it.files?.test(cursor.file.uri)))
    : undefined;
  const written = place.path.slice(prefix.length);
  const path = typed?.typed?.path(written) ?? written;
  const stated = itemKind === undefined ? text('apiVersion') : (looseText(root, ['apiVersion']) ?? '');
  const apiVersion = named ? `${named.group}/${named.versions[0]}` : stated;
  const kind = named?.kind ?? itemKind ?? text('kind');
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  if (!isHeader(path) && !snapshot.kindOf(group, kind)) return undefined;
  if (isHeader(path) && apiVersion === '' && kind === '') return undefined;
  const known = cursor.view?.resource;
  const resource: Resource =
    known?.kind === kind && known.group === group
      ? known
      : {
          id: '',
          uri: cursor.file.uri,
          scope: '',
          apiVersion,
          group,
          version: apiVersion.slice(slash + 1),
          kind,
          namespace: text('metadata', 'namespace') || undefined,
          name: text('metadata', 'name'),
          labels: new Map(),
          annotations: new Map(),
          partial: true,
          root: NO_MAP,
        };
  const schema = snapshot.schemas.root(apiVersion, kind);
  return {
    snapshot,
    cursor,
    place,
    resource,
    root,
    prefix,
    path,
    isPatch: isPatch(cursor, known),
    cut: { isCut: false },
    field: schema && fieldAtPath(schema, path.map(String)),
  };
}

/** What a kustomization lists as a patch, or what people call one; a template is none. */
function isPatch({ file, slot }: Cursor, known: Resource | undefined): boolean {
  if (slot.document.text.includes('{{')) return false;
  return known?.partial === true || isCalledPatch(file.uri) || /^\$patch:/m.test(slot.document.text);
}

/** Kind and version, by which everything else is known. */
function isHeader(path: readonly Step[]): boolean {
  return path.length === 1 && (path[0] === 'kind' || path[0] === 'apiVersion');
}

const NO_MAP = new YamlMap(0, 0, [], false);

function* keys(subject: Subject): Iterable<Proposal> {
  const { place, field, resource, path } = subject;
  // Behind a colon keys come with what leads to them: braces, or a line of their own.
  const isBehind = place.sort === 'value';
  if (isBehind && (place.written !== '' || place.quote !== '' || place.hasColon)) return;
  const isItem = field?.type === 'list' && (isBehind || (place.isFresh && place.sort === 'either'));
  if (isBehind && isItem && place.isFlow) return;
  const owner: Field | undefined = isItem ? field.item : field;
  const ownerPath = isItem ? [...path, 0] : path;
  // A value's own line holds keys only where the schema wants a map.
  if (owner?.type === 'map' && !isBehind) yield* freeKeys(subject, ownerPath, isItem);
  if (owner?.type !== 'object') return;
  const implied = impliedBy(place.siblings, owner);
  const barred = new Set(
    owner.fields.filter((it) => it.oneOf.some((name) => name !== it.name && place.siblings.has(name))).map((it) => it.name),
  );
  for (const [i, child] of owner.fields.entries()) {
    if ((place.siblings.has(child.name) && child.name !== (place.hasColon ? place.written : undefined)) || barred.has(child.name)) continue;
    if (path.length === 0 && (child.name === 'status' || child.name === 'apiVersion' || child.name === 'kind')) continue;
    if (path.length === 0 && child.name === 'metadata' && isTyped(resource)) continue;
    if (owner.path === 'metadata' && FILLED_IN.has(child.name)) continue;
    if (implied.has(child.name) && implied.get(child.name) === false) continue;
    const isFirst =
      (child.required && !subject.isPatch) || implied.get(child.name) === true || (owner.path === 'metadata' && /^name/.test(child.name));
    const rank = child.deprecated ? 9 : isFirst ? 0 : child.docs !== undefined ? 1 : 2;
    const dash = isItem ? '- ' : '';
    const written = place.hasColon
      ? { text: child.name, isSnippet: false }
      : isBehind
        ? keyBehind(subject, child, dash)
        : keyText(subject, child, dash);
    yield {
      ...base(subject, rank, i),
      label: child.name,
      detail: child.typeName,
      filter: undefined,
      sort: 'key',
      deprecated: child.deprecated,
      text: (isBehind && !place.isFlow ? '' : lead(place)) + written.text,
      isSnippet: written.isSnippet,
      goesOn: !written.isSnippet && !place.hasColon && (child.enum !== undefined || isScalar(child)),
      docs: { apiVersion: resource.apiVersion, kind: resource.kind, path: [...ownerPath.map(String), child.name] },
    };
  }
}

/** What the API server writes into metadata, and nobody else. */
const FILLED_IN = new Set([
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
]);

/** Of an object whose type is named after the field that goes with it: that field, and as false those of the other types. */
function impliedBy(siblings: ReadonlyMap<string, string>, owner: Field): ReadonlyMap<string, boolean> {
  const type = siblings.get('type')?.toLowerCase();
  const choices = (owner.fields.find((it) => it.name === 'type')?.enum ?? []).map((it) => it.toLowerCase());
  if (type === undefined || !owner.fields.some((it) => it.name.toLowerCase() === type)) return new Map();
  return new Map(
    owner.fields.flatMap(({ name }) => (choices.includes(name.toLowerCase()) ? [[name, name.toLowerCase() === type] as const] : [])),
  );
}

/** Labels and other free keys, which come with their value. */
function* freeKeys(subject: Subject, ownerPath: readonly Step[], isItem: boolean): Iterable<Proposal> {
  const { place } = subject;
  for (const [i, candidate] of candidates(subject, [...ownerPath, '*'], place.written).entries()) {
    const pair = candidate.insert ?? candidate.label;
    const key = pair.slice(0, pair.indexOf(':'));
    if (candidate.sort !== 'label' || (place.siblings.has(key) && key !== place.written)) continue;
    yield {
      ...base(subject, candidate.rank, i),
      label: candidate.label,
      detail: candidate.detail,
      filter: undefined,
      sort: 'label',
      text: lead(place) + (isItem ? '- ' : '') + (place.hasColon ? key : pair),
      docs: candidate.docs === undefined ? undefined : { apiVersion: '', kind: '', path: [], text: candidate.docs },
    };
  }
}

function* values(subject: Subject): Iterable<Proposal> {
  const { place, field, resource, path } = subject;
  if (place.sort === 'key') return;
  const header = isHeader(path) ? headerValues(subject) : [];
  if (header.length > 0) {
    yield* header;
    return;
  }
  // Below `key:` on a line of its own, or behind it: a list wants its dash, a scalar stands as it is.
  const isList = field?.type === 'list';
  const isBehind = isList && place.sort === 'value' && place.written === '' && place.quote === '';
  if (isList && !place.isFresh && !isBehind) return;
  const target = isList ? field.item : field;
  if (target?.type === 'object' || target?.type === 'map') return;
  const at = isList ? [...path, 0] : path;
  const put = (value: string): string => (isBehind ? itemBehind(subject, value) : lead(place) + (isList ? '- ' : '') + value);
  // Of a text that takes anything, the values that are explained.
  const known = target?.enum ?? (target?.type === 'boolean' ? ['true', 'false'] : Object.keys(target?.enumDocs ?? {}));
  const offered = candidates(subject, at, place.written);
  const fitting = isWholeAt(subject, at) ? new Set(offered.map((it) => it.label)) : undefined;
  const isItem = isList || typeof at[at.length - 1] === 'number';
  const listed = new Set(isItem ? place.items.map((it) => it.replace(/^["']|["']$/g, '')) : []);
  const choices = known.filter((it) => fitting?.has(it) !== false && !listed.has(it));
  const ordered = [...choices].sort((a, b) => Number(String(target?.default) === b) - Number(String(target?.default) === a));
  for (const [i, choice] of ordered.entries()) {
    const isDefault = String(target?.default) === choice;
    const meaning = target?.enumDocs[choice];
    yield {
      ...base(subject, 0, i),
      label: choice,
      detail:
        [isDefault ? 'default' : undefined, meaning === undefined ? undefined : firstSentence(meaning)]
          .filter((it) => it !== undefined)
          .join(' · ') || undefined,
      filter: undefined,
      sort: 'enum',
      text: put(inStyle(subject, choice, target?.type === 'string')),
      docs: { apiVersion: resource.apiVersion, kind: resource.kind, path: at.map(String), value: choice },
    };
  }
  const key = at[at.length - 1];
  for (const [i, candidate] of offered.entries()) {
    if (choices.includes(candidate.label)) continue;
    const pair = candidate.insert ?? candidate.label;
    let written = pair;
    if (candidate.sort === 'label' && pair.includes(': ')) {
      if (pair.slice(0, pair.indexOf(':')) !== key) continue;
      written = pair.slice(pair.indexOf(':') + 2);
    }
    if (
      isList || path.length !== at.length
        ? place.items.includes(written)
        : typeof key === 'number' && place.items.some((it) => it.replace(/^["']|["']$/g, '') === written)
    )
      continue;
    yield {
      ...base(subject, candidate.rank, i),
      label: candidate.sort === 'label' ? written : candidate.label,
      detail: candidate.detail,
      filter:
        candidate.insert !== undefined && candidate.insert !== candidate.label && candidate.sort !== 'label' ? candidate.insert : undefined,
      sort: candidate.sort,
      text: put(inStyle(subject, written, candidate.quoted ?? target?.type === 'string')),
      docs: candidate.docs === undefined ? undefined : { apiVersion: '', kind: '', path: [], text: candidate.docs },
      also: candidate.also ?? [],
    };
  }
}

/** Kinds and versions, once one of the two says that this is a manifest. */
function headerValues(subject: Subject): readonly Proposal[] {
  const { snapshot, place, resource, path } = subject;
  const kinds = kindsToName(snapshot);
  const texts: { text: string; detail: string }[] = [];
  if (path[0] === 'kind') {
    for (const kind of kinds) {
      const versions = kind.versions.map((it) => (kind.group === '' ? it : `${kind.group}/${it}`));
      if (resource.apiVersion === '' || versions.includes(resource.apiVersion)) texts.push({ text: kind.kind, detail: versions[0] ?? '' });
    }
  } else {
    for (const kind of kinds) {
      if (resource.kind !== '' && kind.kind !== resource.kind) continue;
      for (const version of kind.versions)
        texts.push({ text: kind.group === '' ? version : `${kind.group}/${version}`, detail: resource.kind === '' ? '' : kind.kind });
    }
  }
  const seen = new Set<string>();
  return texts
    .filter(({ text }) => !seen.has(text) && seen.add(text))
    .map(({ text, detail }, i) => ({
      ...base(subject, 0, i),
      label: text,
      detail: detail || undefined,
      filter: undefined,
      sort: 'enum',
      text: lead(place) + text,
      docs: undefined,
    }));
}

/** Kinds of all systems, and of groups that CRDs of the workspace add. */
function kindsToName({
  modules,
  schemas,
}: Snapshot): readonly { readonly group: string; readonly kind: string; readonly versions: readonly string[] }[] {
  const kinds = modules.flatMap((module) => module.kinds);
  const owned = new Set(kinds.map((it) => it.group));
  const custom = schemas.groups().filter((it) => !owned.has(it));
  return [
    ...kinds,
    ...custom.flatMap((group) =>
      schemas.kinds(group).map(({ kind, versions }) => ({
        group,
        kind,
        versions: Object.keys(versions).filter((it) => versions[it]!.served !== false),
      })),
    ),
  ];
}

/** Whether a system knows all values that fit a field, and not only some of those that its schema has. */
function isWholeAt({ snapshot, resource }: Subject, path: readonly Step[]): boolean {
  return snapshot.modules.some((module) =>
    (module.editor?.values ?? []).some(
      (it) => it.isWhole === true && namesKind(it.kinds, module, snapshot.modules, resource) && isPathOf(it.paths, path),
    ),
  );
}

function candidates(
  { snapshot, cursor, resource, root, prefix, place, cut }: Subject,
  path: readonly Step[],
  written: string,
): readonly Candidate[] {
  const found = candidatesAt(snapshot, {
    resource,
    path,
    written,
    fileText: cursor.file.text,
    textAt: (at) => looseText(root, [...prefix, ...at]) ?? '',
    textsAt: (at) => looseTexts(root, [...prefix, ...at]),
    leaveOut: () => (cut.isCut = true),
  });
  if (found.length <= MOST) return found;
  cut.isCut = true;
  const typed = cursor.slot.document.text.slice(place.insert.start, place.insert.end).toLowerCase();
  return found.filter((it) => isSubsequence(typed, it.label.toLowerCase())).slice(0, MOST);
}

function base(
  { cursor, place }: Pick<Subject, 'cursor' | 'place'>,
  rank: number,
  order: number,
): Pick<Proposal, 'sortText' | 'deprecated' | 'preselect' | 'isSnippet' | 'insert' | 'replace' | 'goesOn' | 'also'> {
  return {
    // In front of what guesses without a schema.
    sortText: `!${rank}${String(order).padStart(4, '0')}`,
    deprecated: false,
    preselect: false,
    isSnippet: false,
    insert: shift(place.insert, cursor.slot.start),
    replace: shift(place.replace, cursor.slot.start),
    goesOn: false,
    also: [],
  };
}

function lead(place: CompletionPlace): string {
  return place.needsBlank ? ' ' : '';
}

/** A key with what has to follow it: its colon, the children it cannot do without, or the dash of a list. */
function keyText(subject: Subject, field: Field, dash: string): { readonly text: string; readonly isSnippet: boolean } {
  const { place } = subject;
  if (place.isFlow) return { text: flowKey(subject, field.name), isSnippet: false };
  const lineBreak = subject.cursor.file.text.includes('\r\n') ? '\r\n' : '\n';
  const column = place.column + dash.length;
  const body = below(field, column, { text: subject.cursor.file.text, lineBreak, isPatch: subject.isPatch, next: 1 });
  const text = `${dash}${field.name}:${body}`;
  return body.includes('$') ? { text, isSnippet: true } : { text, isSnippet: false };
}

/** The same behind the colon of the key that holds it: on a line below, or within braces. */
function keyBehind(subject: Subject, field: Field, dash: string): { readonly text: string; readonly isSnippet: boolean } {
  const { place, cursor } = subject;
  const { text } = cursor.file;
  if (place.isFlow) return { text: `{ ${isJson(cursor.slot.document.text) ? `"${field.name}"` : field.name}: \${1} }`, isSnippet: true };
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  const column = columnBehind(subject, dash !== '');
  const body = below(field, column + dash.length, { text, lineBreak, isPatch: subject.isPatch, next: 1 });
  return { text: `${lineBreak}${' '.repeat(column)}${dash}${field.name}:${body}`, isSnippet: body.includes('$') };
}

/** An item of the list behind whose colon the cursor stands. */
function itemBehind(subject: Subject, value: string): string {
  const { text } = subject.cursor.file;
  if (subject.place.isFlow) return `${lead(subject.place)}[${value}]`;
  return `${text.includes('\r\n') ? '\r\n' : '\n'}${' '.repeat(columnBehind(subject, true))}- ${value}`;
}

/** Column of what stands on the line below a key. */
function columnBehind({ place, cursor }: Subject, isList: boolean): number {
  const { text } = cursor.slot.document;
  const line = text.slice(text.lastIndexOf('\n', place.replace.start - 1) + 1, place.replace.start);
  return /^ *(?:- +)*/.exec(line)![0].length + (isList && !indentsLists(cursor.file.text) ? 0 : 2);
}

/** In JSON keys have quotes; where they stand already, they stay. */
function flowKey({ cursor, place }: Subject, name: string): string {
  const { text } = cursor.slot.document;
  if (place.quote !== '') return text[place.replace.end] === place.quote ? name : `${name}${place.quote}: `;
  return isJson(text) ? `"${name}": ` : `${name}: `;
}

function isJson(text: string): boolean {
  return /^\s*\{/.test(text);
}

interface Writing {
  readonly text: string;
  readonly lineBreak: string;
  readonly isPatch: boolean;
  /** Number of the next tab stop. */
  next: number;
}

/** What stands behind a key's colon, as a snippet. Required children are written out, three levels deep. */
function below(field: Field, column: number, writing: Writing, depth = 0): string {
  const { lineBreak } = writing;
  const needed = (it: Field | undefined): readonly Field[] => (it === undefined || depth > 2 ? [] : neededIn(it, writing.isPatch));
  switch (field.type) {
    case 'object': {
      const inner = lineBreak + ' '.repeat(column + 2);
      const required = needed(field);
      if (required.length === 0) return `${inner}\${${writing.next++}}`;
      return required.map((it) => `${inner}${it.name}:${below(it, column + 2, writing, depth + 1)}`).join('');
    }
    case 'map':
      return `${lineBreak}${' '.repeat(column + 2)}\${${writing.next++}}`;
    case 'list': {
      const dashColumn = column + (indentsLists(writing.text) ? 2 : 0);
      const dash = `${lineBreak}${' '.repeat(dashColumn)}- `;
      const required = needed(field.item);
      if (required.length === 0) return `${dash}\${${writing.next++}}`;
      const inner = lineBreak + ' '.repeat(dashColumn + 2);
      return dash + required.map((it) => `${it.name}:${below(it, dashColumn + 2, writing, depth + 1)}`).join(inner);
    }
    default:
      return depth === 0 ? ' ' : ` \${${writing.next++}}`;
  }
}

/** What has to stand in a value; in a patch only what tells the items of a list apart. */
function neededIn(field: Field, isPatch: boolean): readonly Field[] {
  if (field.type !== 'object') return [];
  return field.fields.filter((it) =>
    isPatch ? field.name === '*' && MERGE_KEYS.has(it.name) && it.required : it.required && it.default === undefined,
  );
}

/** Keys by which strategic merge patches find an item. */
const MERGE_KEYS = new Set(['name', 'containerPort', 'mountPath', 'key']);

/** Whether lists of a file stand deeper than their key. */
function indentsLists(text: string): boolean {
  const match = /^( *)(?:- )?[\w-]+:[ \t]*\r?\n( *)- /m.exec(text);
  return match ? match[2]!.length > match[1]!.length : true;
}

function isScalar(field: Field): boolean {
  return field.type !== 'object' && field.type !== 'map' && field.type !== 'list';
}

/** A value as YAML wants it here, quoted like its neighbors where it has some. */
function inStyle({ place, cursor }: Subject, value: string, isText: boolean): string {
  if (place.quote === "'") return value.replaceAll("'", "''");
  if (place.quote === '"') return value.replace(/[\\"]/g, '\\$&');
  const neighbor = place.items.find((it) => it !== '')?.[0];
  if (isText && (neighbor === '"' || neighbor === "'")) return `${neighbor}${value}${neighbor}`;
  if (isText && isJson(cursor.slot.document.text)) return JSON.stringify(value);
  if (isText) return quoteIfNeeded(value, place.isFlow);
  return typeof resolvePlain(value) === 'string' ? quoteIfNeeded(value, place.isFlow) : value;
}

function firstSentence(text: string): string {
  const match = /^.*?[.;](?=\s|$)/.exec(text);
  return (match ? match[0] : text).replace(/[.;]$/, '');
}
