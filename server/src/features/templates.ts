import type { Kind } from '../model/kind.js';
import type { Resource } from '../model/resource.js';
import type { TemplatePart } from '../rules/editor.js';
import type { MeshModule } from '../rules/module.js';
import type { SchemaField } from '../schema/schemas.js';
import { neededIn, skeletonOf, UNSET } from '../schema/skeleton.js';
import { quoteIfNeeded } from '../yaml/edit.js';
import { YamlMap } from '../yaml/node.js';
import { candidatesAt } from './candidates.js';
import type { Step } from './context.js';
import type { Snapshot } from './snapshot.js';

/** Documents to begin with, as snippets whose names are choices from the workspace. */
export interface Template {
  readonly label: string;
  readonly detail: string;
  readonly snippet: string;
  /** Of the kind that it is mainly about. */
  readonly apiVersion: string;
  readonly kind: string;
}

/** Templates of the systems that the workspace uses, and of kinds that it brings itself. */
export function templatesFor(snapshot: Snapshot, uri: string): readonly Template[] {
  const systems = systemsInUse(snapshot);
  const own = namespaceIn(snapshot, uri);
  const ofSystems = snapshot.modules
    .filter((module) => systems.has(module.id))
    .flatMap((module) => {
      const named = new Set((module.templates ?? []).filter((it) => it.title === undefined).map((it) => it.parts[0]?.kind));
      const plain = module.kinds
        .filter((kind) => !named.has(kind.kind) && !IN_NO_MANIFEST.test(kind.kind))
        .map((kind) => ({ parts: [{ kind: kind.kind, fill: [] }] }));
      return [...(module.templates ?? []), ...plain].flatMap((template): readonly Template[] => {
        const drafts = template.parts.flatMap((part) => draftOf(snapshot, module, part) ?? []);
        const [first] = drafts;
        if (first === undefined || drafts.length < template.parts.length) return [];
        const writer = new Writer(snapshot, own);
        const title = 'title' in template ? template.title : undefined;
        return [
          {
            label: title === undefined ? first.kind.kind : `${title}: ${drafts.map((it) => it.kind.kind).join(' and ')}`,
            detail: title === undefined ? `${module.title} · ${first.apiVersion}` : module.title,
            snippet: drafts.map((it) => writer.write(it)).join('---\n'),
            apiVersion: first.apiVersion,
            kind: first.kind.kind,
          },
        ];
      });
    });
  const ofWorkspace = customKinds(snapshot).flatMap((kind): readonly Template[] => {
    const draft = draftOfKind(snapshot, kind, []);
    if (draft === undefined) return [];
    const { apiVersion } = draft;
    const detail = `${OWN_TITLE} · ${apiVersion}`;
    return [{ label: kind.kind, detail, snippet: new Writer(snapshot, own).write(draft), apiVersion, kind: kind.kind }];
  });
  return [...ofSystems, ...ofWorkspace];
}

/** What stands beside kinds that a CRD of the workspace brings. */
const OWN_TITLE = 'Workspace';

/** Kinds that only CRDs of the workspace know. Each CRD is parsed for it, so that of very many only those count that something is of. */
function customKinds(snapshot: Snapshot): readonly Kind[] {
  const owned = new Set(snapshot.modules.flatMap((module) => module.kinds.map((it) => `${it.group}/${it.kind}`)));
  const names = snapshot.schemas.customKinds().filter((it) => !owned.has(it));
  if (names.length === 0) return [];
  const used = names.length > MOST_CUSTOM ? namesInUse(snapshot) : undefined;
  return names
    .filter((it) => used?.has(it) !== false)
    .slice(0, MOST_CUSTOM)
    .flatMap((name) => {
      const slash = name.indexOf('/');
      const [group, kind] = [name.slice(0, slash), name.slice(slash + 1)];
      const schema = snapshot.schemas.kind(group, kind);
      const known = schema?.system === 'workspace' ? snapshot.kindOf(group, kind) : undefined;
      if (schema === undefined || known === undefined) return [];
      // What is to be given up comes last.
      const served = Object.keys(schema.versions).filter((it) => schema.versions[it]!.served !== false);
      const isOld = (it: string): number => Number(schema.versions[it]!.deprecated === true);
      return [{ ...known, versions: served.sort((a, b) => isOld(a) - isOld(b)) }];
    });
}

const MOST_CUSTOM = 30;

function namesInUse(snapshot: Snapshot): ReadonlySet<string> {
  const found = new Set<string>();
  for (const file of snapshot.files()) {
    for (const { document } of file.slots) for (const { resource } of document.resources) found.add(`${resource.group}/${resource.kind}`);
  }
  return found;
}

/** Kinds of systems in use, and those of the workspace, with the version to write, for headers. */
export function kindsInUse(snapshot: Snapshot): readonly { readonly apiVersion: string; readonly kind: string; readonly title: string }[] {
  const systems = systemsInUse(snapshot);
  const written = (kind: Kind, title: string): readonly { apiVersion: string; kind: string; title: string }[] => {
    const apiVersion = versionToWrite(snapshot, kind);
    return apiVersion === undefined ? [] : [{ apiVersion, kind: kind.kind, title }];
  };
  return [
    ...snapshot.modules
      .filter((module) => systems.has(module.id))
      .flatMap((module) => module.kinds.flatMap((kind) => written(kind, module.title))),
    ...customKinds(snapshot).flatMap((kind) => written(kind, OWN_TITLE)),
  ];
}

/** What controllers write, and people do not. */
const IN_NO_MANIFEST = /(Insight|Endpoint|EndpointSlice|Identity|NodeConfig|BGPNodeConfig|CiliumNode)$/;

/** Systems of which anything is in the workspace, but for Kubernetes itself. */
function systemsInUse(snapshot: Snapshot): ReadonlySet<string> {
  const found = new Set<string>();
  const all = snapshot.modules.filter((it) => it.id !== 'kubernetes');
  for (const file of snapshot.files()) {
    for (const { document } of file.slots) {
      for (const { kind } of document.resources) if (kind !== undefined && kind.system !== 'kubernetes') found.add(kind.system);
    }
    if (found.size === all.length) break;
  }
  return found;
}

/** The namespace of the resources that stand beside. */
function namespaceIn(snapshot: Snapshot, uri: string): string | undefined {
  for (const { document } of snapshot.file(uri)?.slots ?? []) {
    for (const { resource } of document.resources) if (resource.namespace !== undefined) return resource.namespace;
  }
  return undefined;
}

interface Draft {
  readonly kind: Kind;
  readonly apiVersion: string;
  readonly root: SchemaField;
  readonly fill: readonly string[];
}

function draftOf(snapshot: Snapshot, module: MeshModule, { kind: name, fill }: TemplatePart): Draft | undefined {
  const kind = module.kinds.find((it) => it.kind === name);
  return kind && draftOfKind(snapshot, kind, fill);
}

function draftOfKind(snapshot: Snapshot, kind: Kind, fill: readonly string[]): Draft | undefined {
  const apiVersion = versionToWrite(snapshot, kind);
  const root = apiVersion === undefined ? undefined : snapshot.schemas.root(apiVersion, kind.kind);
  return apiVersion === undefined || root === undefined ? undefined : { kind, apiVersion, root, fill };
}

function versionToWrite(snapshot: Snapshot, { group, kind, versions }: Kind): string | undefined {
  const all = versions.map((it) => (group === '' ? it : `${group}/${it}`));
  return all.find((it) => snapshot.schemas.root(it, kind) !== undefined);
}

/** A value that is still to be written: what is fixed of it, or its parts. */
type Part = { readonly value: string } | { readonly children: Map<Step, Part> } | { readonly hole: true };

/** Writes drafts one behind the other, so that their tab stops count on and names chosen in one fit the next. */
class Writer {
  readonly #snapshot: Snapshot;
  readonly #namespace: string | undefined;
  #next = 1;

  constructor(snapshot: Snapshot, namespace: string | undefined) {
    this.#snapshot = snapshot;
    this.#namespace = namespace;
  }

  write({ kind, apiVersion, root, fill }: Draft): string {
    const whole = new Map<Step, Part>();
    for (const line of fill) put(whole, line);
    const texts = new Map<string, string>();
    const resource = (namespace: string | undefined): Resource => ({
      id: '',
      uri: '',
      scope: '',
      apiVersion,
      group: kind.group,
      version: apiVersion.slice(apiVersion.indexOf('/') + 1),
      kind: kind.kind,
      namespace,
      name: '',
      labels: new Map(),
      annotations: new Map(),
      partial: true,
      root: NO_MAP,
    });
    const choicesAt = (path: readonly Step[], namespace: string | undefined): readonly string[] =>
      candidatesAt(this.#snapshot, {
        resource: resource(namespace),
        path,
        written: '',
        fileText: '',
        textAt: (at) => texts.get(at.join('.')) ?? '',
        textsAt: (at) => [...texts].flatMap(([key, value]) => (key.startsWith(`${at.join('.')}.`) ? [value] : [])),
      }).map((it) => it.insert ?? it.label);
    const lines = [`apiVersion: ${apiVersion}`, `kind: ${kind.kind}`, 'metadata:', `  name: ${this.#stop(kebab(kind.kind))}`];
    let namespace: string | undefined;
    if (kind.namespaced) {
      const names = choicesAt(['metadata', 'namespace'], undefined);
      const ordered = this.#namespace === undefined ? names : [this.#namespace, ...names.filter((it) => it !== this.#namespace)];
      namespace = ordered[0];
      if (namespace !== undefined) texts.set('metadata.namespace', namespace);
      lines.push(`  namespace: ${this.#choice(ordered, 'namespace')}`);
    }
    const body = (field: SchemaField, part: Map<Step, Part>, path: readonly Step[], indent: string): void => {
      const names = [...part.keys()];
      if (field.type === 'object') {
        for (const it of requiredIn(field, names)) names.unshift(it);
      }
      for (const name of names) {
        const child = (field.type === 'list' || name === '*' ? field.item : field.child(String(name))) ?? openField(String(name), field);
        entry(child, name, part.get(name) ?? { hole: true }, [...path, name], indent, typeof name === 'number');
      }
    };
    const entry = (field: SchemaField, name: Step, part: Part, path: readonly Step[], indent: string, isItem: boolean): void => {
      const lead = isItem ? `${indent}- ` : `${indent}${name}:`;
      const inner = `${indent}  `;
      if ('children' in part || field.type === 'object' || field.type === 'list') {
        const before = lines.length;
        const children = 'children' in part ? part.children : new Map<Step, Part>(field.type === 'list' ? [[0, { hole: true }]] : []);
        body(field, children, path, inner);
        if (lines.length === before) lines.push(`${lead}${isItem ? '' : ' '}{}`);
        // The first entry of an item stands behind its dash.
        else if (isItem) lines[before] = lead + lines[before]!.slice(inner.length);
        else lines.splice(before, 0, lead);
        return;
      }
      const gap = isItem ? '' : ' ';
      if ('value' in part) {
        const [first = '', ...others] = part.value.split('|');
        texts.set(path.join('.'), first);
        lines.push(`${lead}${gap}${others.length > 0 ? this.#choice([first, ...others], '') : escaped(first)}`);
        return;
      }
      const offered = choicesAt(path, namespace);
      if (name === '*') {
        lines.push(indent + this.#choice(offered.length > 0 ? offered : [`${LABEL}: <${LABEL}>`], ''));
        return;
      }
      const choices = offered.length > 0 ? offered : choicesOf(field);
      if (choices[0] !== undefined) texts.set(path.join('.'), choices[0]);
      const isText = field.type === 'string';
      lines.push(
        `${lead}${gap}${this.#choice(isText ? choices.map((it) => quoteIfNeeded(it)) : choices, skeletonOf(field).replace(/^<(.*)>$/, '$1'))}`,
      );
    };
    body(root, whole, [], '');
    return `${lines.join('\n')}\n`;
  }

  #stop(text: string): string {
    return `\${${this.#next++}:${escaped(text)}}`;
  }

  /** One of several, or a word that stands for what only the author knows. */
  #choice(choices: readonly string[], word: string): string {
    if (choices.length === 0) return this.#stop(word);
    if (choices.length === 1) return this.#stop(choices[0]!);
    return `\${${this.#next++}|${choices
      .slice(0, 20)
      .map((it) => it.replaceAll(/[\\,|$}]/g, '\\$&'))
      .join(',')}|}`;
  }
}

/** Values of an enum that somebody would write, what holds without any of them first. */
function choicesOf({ enum: all = [], default: fallback }: SchemaField): readonly string[] {
  const choices = all.filter((it) => it !== '' && !UNSET.test(it));
  return [...choices].sort((a, b) => Number(b === String(fallback)) - Number(a === String(fallback)));
}

/** What a schema leaves open takes anything. */
function openField(name: string, parent: SchemaField): SchemaField {
  return {
    name,
    path: `${parent.path}.${name}`,
    type: 'any',
    typeName: 'any',
    required: false,
    enum: undefined,
    default: undefined,
    deprecated: false,
    since: undefined,
    docs: undefined,
    example: undefined,
    link: undefined,
    enumDocs: {},
    enumSince: {},
    oneOf: [],
    fields: [],
    item: undefined,
    shape: undefined,
    facts: { type: 'any' },
    isPlain: true,
    parent,
    child: () => undefined,
    ruleMessage: () => undefined,
  };
}

const LABEL = 'app';
const NO_MAP = new YamlMap(0, 0, [], false);
const HEADER = new Set(['apiVersion', 'kind', 'metadata', 'status']);

/** What is still missing in an object, the last first. */
function requiredIn(field: SchemaField, names: readonly Step[]): readonly string[] {
  const groups = field.facts.exactlyOne ?? [];
  return neededIn(field)
    .map((it) => it.name)
    .filter((name) => !names.includes(name) && !(field.parent === undefined && HEADER.has(name)))
    .filter((name) => !groups.some((group) => group.includes(name) && group.some((it) => names.includes(it))))
    .reverse();
}

function put(root: Map<Step, Part>, line: string): void {
  const at = line.indexOf('=');
  const steps = (at < 0 ? line : line.slice(0, at)).split('.').map((it): Step => (/^\d+$/.test(it) ? Number(it) : it));
  let map = root;
  for (const step of steps.slice(0, -1)) {
    const known = map.get(step);
    const next = known !== undefined && 'children' in known ? known.children : new Map<Step, Part>();
    if (known === undefined || !('children' in known)) map.set(step, { children: next });
    map = next;
  }
  map.set(steps.at(-1)!, at < 0 ? { hole: true } : { value: line.slice(at + 1) });
}

function escaped(text: string): string {
  return text.replaceAll(/[\\$}]/g, '\\$&');
}

/** `VirtualService` is `virtual-service`. */
function kebab(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}
