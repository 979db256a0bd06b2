import { folderOf } from '../../text/uri.js';
import type { Range } from '../../text/range.js';
import { YamlMap, type YamlNode, type YamlScalar } from '../../yaml/node.js';
import { parseDocument } from '../../yaml/parse.js';
import { splitDocuments } from '../../yaml/split.js';
import { matchesSelector } from './selectors.js';
import { moved, placedAt } from './tree.js';

/** A YAML document that takes part in a build; offsets of its nodes are relative to it. */
export interface Origin {
  readonly uri: string;
  readonly text: string;
}

/** An entry of `resources` or `components`, and where it leads; undefined: to another machine. */
export interface Listed {
  readonly node: YamlNode;
  readonly uri: string | undefined;
  /** Where a link on that way ends: files are known by one path only. */
  readonly real?: string;
}

/** Where a path ends that leads through links, seen from a folder; undefined where it leads through none. */
export type LinkReader = (uri: string, folder: string) => string | undefined;

/** What says which resources something is for; texts are anchored regular expressions. */
export interface Target {
  readonly group: string | undefined;
  readonly version: string | undefined;
  readonly kind: string | undefined;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly labels: string | undefined;
  readonly annotations: string | undefined;
}

/** A resource's names of one moment; it is found by those of any moment before. */
export interface Identity {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
}

export interface Patch {
  readonly origin: Origin;
  /** What it is for, by `target`; undefined: what each of its documents names. */
  readonly target: Target | undefined;
  /** A fragment to lay over, or operations to carry out one by one. */
  readonly merge: YamlMap | undefined;
  readonly operations: readonly YamlNode[];
  /** `patchesJson6902` come after names and labels, all others before. */
  readonly isLate: boolean;
  readonly allowsNameChange: boolean;
  readonly allowsKindChange: boolean;
  /** What of the kustomization asks for it: a place in that file. */
  readonly asked: Range;
  /** Equal for patches that do the same at the same places. */
  readonly key: string;
}

/** A field of some kinds that a transformer reaches besides those it knows. */
export interface FieldSpec {
  readonly group: string | undefined;
  readonly version: string | undefined;
  readonly kind: string | undefined;
  readonly path: readonly string[];
  readonly create: boolean;
}

/** What `configurations` adds to the fields that Kustomize knows. */
export interface Configured {
  readonly labels: readonly FieldSpec[];
  readonly annotations: readonly FieldSpec[];
  readonly namespaces: readonly FieldSpec[];
  /** Fields that hold the name of a resource of a kind. */
  readonly names: readonly { readonly kind: string; readonly fields: readonly FieldSpec[] }[];
}

export interface LabelSet {
  readonly pairs: YamlMap;
  readonly fields: readonly FieldSpec[];
  readonly reachesSelectors: boolean;
  readonly reachesTemplates: boolean;
}

export interface Image {
  readonly name: string;
  readonly newName: string | undefined;
  readonly newTag: string | undefined;
  readonly digest: string | undefined;
  readonly at: Range;
}

export interface Replacement {
  readonly source: Target;
  readonly sourcePath: string;
  readonly sourceOptions: FieldOptions;
  readonly targets: readonly ReplacementTarget[];
  readonly at: Range;
  /** Tells it from all others of the workspace. */
  readonly key: string;
}

export interface ReplacementTarget {
  readonly select: Target;
  readonly reject: readonly Target[];
  readonly paths: readonly string[];
  readonly options: FieldOptions;
}

export interface FieldOptions {
  readonly delimiter: string | undefined;
  readonly index: number;
  readonly create: boolean;
}

/** A ConfigMap or Secret that a kustomization makes. */
export interface Generated {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly node: YamlMap;
  readonly name: string;
  readonly namespace: string | undefined;
}

/** A kustomization file, read. */
export interface Kustomization {
  readonly folder: string;
  readonly origin: Origin;
  /** The whole file. */
  readonly written: string;
  readonly root: YamlMap | undefined;
  readonly isComponent: boolean;
  readonly resources: readonly Listed[];
  readonly components: readonly Listed[];
  readonly namespace: YamlScalar | undefined;
  readonly prefix: YamlScalar | undefined;
  readonly suffix: YamlScalar | undefined;
  readonly labels: readonly LabelSet[];
  readonly annotations: YamlMap | undefined;
  readonly patches: readonly Patch[];
  readonly patchFiles: readonly string[];
  /** It gives resources other names, or takes values from one into another. */
  readonly ties: boolean;
  readonly configured: Configured | undefined;
  /** It brings schemas of its own, by which lists of custom kinds may be merged. */
  readonly hasSchemas: boolean;
  readonly images: readonly Image[];
  readonly replicas: readonly { readonly name: string; readonly count: YamlNode }[];
  readonly replacements: readonly Replacement[];
  readonly generated: readonly Generated[];
  /** Plugins may change anything: nothing is known for sure of what it builds. */
  readonly isOpaque: boolean;
  /** It takes in what is not at hand: remote bases, charts, generators. */
  readonly isOpen: boolean;
  /** Texts of the other files it is made from. */
  readonly inputs: ReadonlyMap<string, string | undefined>;
  /** Equal where all but patches from files is the same, at the same places; empty where it changes nothing else. */
  readonly key: string;
  /** Whether it changes more than namespaces, patches from files aside. */
  readonly changesMore: boolean;
}

export const KUSTOMIZATION = /\/(?:kustomization\.ya?ml|Kustomization)$/;

export function readKustomization(
  uri: string,
  text: string,
  read: (uri: string) => string | undefined,
  endOfLink: LinkReader = () => undefined,
): Kustomization {
  const inputs = new Map<string, string | undefined>();
  const textOf = (it: string): string | undefined => {
    const found = read(it);
    inputs.set(it, found);
    return found;
  };
  const origin = { uri, text: splitDocuments(text)[0]!.text };
  const parsed = parseDocument(origin.text).root;
  const root = parsed?.type === 'map' ? parsed : undefined;
  const tree = root ?? new YamlMap(0, 0, [], false);
  const folder = folderOf(uri);
  const patches = patchesOf(tree, folder, origin, textOf);
  const labels = labelsOf(tree);
  const namespace = scalar(tree, 'namespace');
  const made = {
    prefix: scalar(tree, 'namePrefix'),
    suffix: scalar(tree, 'nameSuffix'),
    annotations: tree.map('commonAnnotations'),
    images: imagesOf(tree),
    replicas: tree.list('replicas.*').flatMap((it) => {
      const name = it.text('name');
      const count = it.get('count');
      return name === undefined || count === undefined ? [] : [{ name, count }];
    }),
    replacements: replacementsOf(tree, folder, origin, textOf),
    generated: [...generatedOf(tree, 'configMapGenerator', 'ConfigMap'), ...generatedOf(tree, 'secretGenerator', 'Secret')],
    isOpaque: tree.list('transformers.*').length > 0,
    configured: configuredIn(tree, folder, textOf),
    hasSchemas: tree.has('openapi'),
  };
  const changesMore =
    labels.length > 0 || Object.values(made).some((it) => (Array.isArray(it) ? it.length > 0 : it !== undefined && it !== false));
  const resources = ['resources', 'bases', 'crds'].flatMap((field) => listed(tree, field, folder, endOfLink));
  const components = listed(tree, 'components', folder, endOfLink);
  return {
    ...made,
    namespace,
    changesMore,
    folder,
    origin,
    written: text,
    root,
    isComponent: tree.text('kind') === 'Component',
    resources,
    components,
    labels,
    patches: patches.list,
    patchFiles: patches.files,
    isOpen:
      [...resources, ...components].some((it) => it.uri === undefined) ||
      ['helmCharts', 'helmChartInflationGenerator', 'generators'].some((field) => tree.list(`${field}.*`).length > 0),
    ties: made.prefix !== undefined || made.suffix !== undefined || made.replacements.length > 0,
    inputs,
    key: changesMore || namespace !== undefined ? `${origin.text}${JSON.stringify(made.configured ?? '')}` : '',
  };
}

function scalar(tree: YamlMap, field: string): YamlScalar | undefined {
  const node = tree.get(field);
  return node?.type === 'scalar' && node.value !== null && node.value !== '' ? node : undefined;
}

function listed(tree: YamlMap, field: string, folder: string, endOfLink: LinkReader): readonly Listed[] {
  return tree.list(`${field}.*`).flatMap((node): Listed[] => {
    const path = node.text();
    if (path === undefined) return [];
    if (isRemote(path)) return [{ node, uri: undefined }];
    const uri = resolvePath(folder, path);
    const real = endOfLink(uri, folder);
    return [{ node, uri, ...(real !== undefined && { real }) }];
  });
}

/** Whether an entry names something on another machine. */
export function isRemote(entry: string): boolean {
  return entry.includes('://') || entry.includes('?ref=') || entry.startsWith('git@') || /^[\w-]+(?:\.[\w-]+)+\/[^/]+\/[^/]+/.test(entry);
}

/** A path of a kustomization as a URI. */
export function resolvePath(folder: string, path: string): string {
  const parts = folder.split('/');
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..') parts.pop();
    else parts.push(encodeURI(step));
  }
  return parts.join('/');
}

function labelsOf(tree: YamlMap): readonly LabelSet[] {
  const common = tree.map('commonLabels');
  const sets = tree.list('labels.*').flatMap((it): LabelSet[] => {
    const pairs = it.map('pairs');
    if (pairs === undefined) return [];
    const reachesSelectors = it.boolean('includeSelectors') === true;
    const fields = fieldSpecs(it.list('fields.*'));
    return [{ pairs, fields, reachesSelectors, reachesTemplates: reachesSelectors || it.boolean('includeTemplates') === true }];
  });
  return common === undefined ? sets : [{ pairs: common, fields: [], reachesSelectors: true, reachesTemplates: true }, ...sets];
}

function fieldSpecs(nodes: readonly YamlNode[]): readonly FieldSpec[] {
  return nodes.flatMap((it): FieldSpec[] => {
    const path = it.text('path');
    if (path === undefined) return [];
    const steps = path.split(/(?<!\\)\//).map((step) => step.replaceAll('\\/', '/'));
    const [group, version, kind] = [it.text('group'), it.text('version'), it.text('kind')];
    // A list is stepped into without being told.
    return [
      {
        group,
        version,
        kind,
        path: steps.flatMap((step) => (step.endsWith('[]') ? [step.slice(0, -2), '*'] : [step])),
        create: it.boolean('create') === true,
      },
    ];
  });
}

function configuredIn(tree: YamlMap, folder: string, textOf: (uri: string) => string | undefined): Configured | undefined {
  const roots = tree.list('configurations.*').flatMap((it) => {
    const path = it.text();
    const text = path === undefined ? undefined : textOf(resolvePath(folder, path));
    return text === undefined ? [] : documentsOf('', text).map(({ root }) => root);
  });
  if (roots.length === 0) return undefined;
  const listOf = (field: string): readonly YamlNode[] => roots.flatMap((it) => it.list(`${field}.*`));
  return {
    labels: fieldSpecs([...listOf('commonLabels'), ...listOf('labels')]),
    annotations: fieldSpecs(listOf('commonAnnotations')),
    namespaces: fieldSpecs(listOf('namespace')),
    names: listOf('nameReference').flatMap((it) => {
      const kind = it.text('kind');
      return kind === undefined ? [] : [{ kind, fields: fieldSpecs(it.list('fieldSpecs.*')) }];
    }),
  };
}

function imagesOf(tree: YamlMap): readonly Image[] {
  return tree.list('images.*').flatMap((it): Image[] => {
    const name = it.text('name');
    if (name === undefined) return [];
    const tag = it.get('newTag');
    const newTag = tag?.type === 'scalar' && tag.value !== null ? String(tag.value) : undefined;
    return [{ name, newName: it.text('newName'), newTag, digest: it.text('digest'), at: it }];
  });
}

function generatedOf(tree: YamlMap, field: string, kind: Generated['kind']): readonly Generated[] {
  return tree.list(`${field}.*`).flatMap((node): Generated[] => {
    const name = node.text('name');
    if (node.type !== 'map' || name === undefined) return [];
    // These change one that is there already.
    if (node.text('behavior') === 'merge' || node.text('behavior') === 'replace') return [];
    return [{ kind, node, name, namespace: node.text('namespace') }];
  });
}

interface PatchesRead {
  readonly list: readonly Patch[];
  readonly files: readonly string[];
}

function patchesOf(tree: YamlMap, folder: string, origin: Origin, textOf: (uri: string) => string | undefined): PatchesRead {
  const list: Patch[] = [];
  const files: string[] = [];
  const add = (asked: YamlNode, source: Source, isLate: boolean): void => {
    const target = asked.type === 'map' ? asked.map('target') : undefined;
    const shared = {
      asked: { start: asked.start, end: asked.end },
      target: target && targetOf(target),
      isLate,
      allowsNameChange: asked.boolean('options.allowNameChange') === true,
      allowsKindChange: asked.boolean('options.allowKindChange') === true,
    };
    for (const { origin: from, root } of source) {
      const merge = root.type === 'map' ? root : undefined;
      const operations = root.type === 'list' ? root.items : [];
      const asText = JSON.stringify([shared.target, isLate, shared.allowsNameChange, shared.allowsKindChange]);
      list.push({ ...shared, origin: from, merge, operations, key: `${asText}|${from.uri}|${root.start}|${from.text}` });
    }
  };
  const fromFile = (path: string): Source => {
    const uri = resolvePath(folder, path);
    files.push(uri);
    const text = textOf(uri);
    return text === undefined ? [] : documentsOf(uri, text);
  };
  for (const node of tree.list('patchesStrategicMerge.*')) {
    const text = node.text();
    if (text === undefined) continue;
    add(node, text.includes('\n') || /^\s*\{/.test(text) ? inlineIn(node, origin) : fromFile(text), false);
  }
  for (const [field, isLate] of [
    ['patches', false],
    ['patchesJson6902', true],
  ] as const) {
    for (const node of tree.list(`${field}.*`)) {
      const inline = node.get('patch');
      const path = node.text('path');
      if (inline !== undefined) add(node, inlineIn(inline, origin), isLate);
      if (path !== undefined) add(node, fromFile(path), isLate);
    }
  }
  return { list, files };
}

type Source = readonly { readonly origin: Origin; readonly root: YamlNode }[];

function documentsOf(uri: string, text: string): Source {
  return splitDocuments(text).flatMap((document) => {
    const root = parseDocument(document.text).root;
    return root === undefined ? [] : [{ origin: { uri, text: document.text }, root }];
  });
}

/** YAML in a text of another document, its nodes where they stand in that document. */
function inlineIn(node: YamlNode, origin: Origin): Source {
  const text = node.text();
  if (node.type !== 'scalar' || text === undefined) return [];
  if (node.style === 'block') {
    const start = origin.text.indexOf('\n', node.start) + 1;
    if (start > 0 && start < node.end) {
      // With their indentation, the lines are YAML as they stand.
      return splitDocuments(origin.text.slice(start, node.end)).flatMap((document) => {
        const root = parseDocument(document.text).root;
        return root === undefined ? [] : [{ origin, root: moved(root, start + document.start) }];
      });
    }
  }
  const isAsWritten = origin.text.slice(node.start + 1, node.end - 1) === text;
  return splitDocuments(text).flatMap((document) => {
    const root = parseDocument(document.text).root;
    if (root === undefined) return [];
    return [{ origin, root: isAsWritten ? moved(root, node.start + 1 + document.start) : placedAt(root, node) }];
  });
}

function replacementsOf(
  tree: YamlMap,
  folder: string,
  origin: Origin,
  textOf: (uri: string) => string | undefined,
): readonly Replacement[] {
  return tree.list('replacements.*').flatMap((node, index): Replacement[] => {
    const path = node.text('path');
    const read = (it: YamlNode, at: Range, key: string): Replacement[] => {
      const source = it.map('source');
      if (source === undefined) return [];
      return [
        {
          source: targetOf(source),
          sourcePath: source.text('fieldPath') ?? 'metadata.name',
          sourceOptions: optionsOf(source),
          targets: it.list('targets.*').flatMap((target): ReplacementTarget[] => {
            const select = target.map('select');
            if (select === undefined) return [];
            return [
              {
                select: targetOf(select),
                reject: target.list('reject.*').flatMap((it) => (it.type === 'map' ? [targetOf(it)] : [])),
                paths: target.get('fieldPaths') ? target.list('fieldPaths.*').flatMap((it) => it.text() ?? []) : ['metadata.name'],
                options: optionsOf(target),
              },
            ];
          }),
          at: { start: at.start, end: at.end },
          key,
        },
      ];
    };
    if (path === undefined) return read(node, node, `${origin.uri}#${index}`);
    const text = textOf(resolvePath(folder, path));
    if (text === undefined) return [];
    return documentsOf('', text).flatMap(({ root }) =>
      (root.type === 'list' ? root.items : [root]).flatMap((it, i) => read(it, node, `${origin.uri}#${index}.${i}`)),
    );
  });
}

function optionsOf(node: YamlNode): FieldOptions {
  return {
    delimiter: node.text('options.delimiter'),
    index: node.number('options.index') ?? 0,
    create: node.boolean('options.create') === true,
  };
}

export function targetOf(node: YamlNode): Target {
  const text = (field: string): string | undefined => node.text(field) || undefined;
  return {
    group: text('group'),
    version: text('version'),
    kind: text('kind'),
    name: text('name'),
    namespace: text('namespace'),
    labels: text('labelSelector'),
    annotations: text('annotationSelector'),
  };
}

/** Whether a target takes in a resource, told by its names now and before, and by its metadata. */
export function selects(target: Target, identities: readonly Identity[], root: YamlMap): boolean {
  return (
    identities.some(
      (it) =>
        fits(target.group, it.group) &&
        fits(target.version, it.version) &&
        fits(target.kind, it.kind) &&
        fits(target.name, it.name) &&
        fits(target.namespace, it.namespace ?? 'default'),
    ) &&
    matchesSelector(target.labels, root.map('metadata.labels')?.texts()) &&
    matchesSelector(target.annotations, root.map('metadata.annotations')?.texts())
  );
}

/** Whether a value matches a pattern of a target; no pattern matches all. */
export function fits(pattern: string | undefined, value: string): boolean {
  if (pattern === undefined || pattern === value) return true;
  const known = patterns.get(pattern);
  if (known !== undefined) return known.test(value);
  let compiled = /(?!)/;
  try {
    compiled = new RegExp(`^(?:${pattern})$`);
  } catch {
    // Kustomize refuses such a pattern; it takes in nothing.
  }
  patterns.set(pattern, compiled);
  return compiled.test(value);
}

const patterns = new Map<string, RegExp>();
