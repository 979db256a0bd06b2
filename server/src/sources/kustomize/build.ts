import type { Range } from '../../text/range.js';
import { type YamlMap, type YamlEntry, type YamlNode } from '../../yaml/node.js';
import { applyOperations } from './json-patch.js';
import {
  selects,
  type Configured,
  type FieldSpec,
  type Identity,
  type Image,
  type Kustomization,
  type LabelSet,
  type Origin,
  type Patch,
  type Replacement,
  type ReplacementTarget,
  type Target,
} from './kustomization.js';
import { hasMergeKeys, merge } from './merge.js';
import { follow, followNames, POD_SPECS, type Renamed } from './names.js';
import { changed, entryWith, mapAt, moved, placedAt, scalarAt, unknownAt, withEntries, withValue } from './tree.js';

/**
 * A document that gives parts of a built resource. Offsets of the resource's nodes count through all its documents, one behind the
 * other with one character between: those below `end` and not below `start` stand in this one, at `offset - start`.
 */
export interface Segment extends Range {
  readonly origin: Origin;
}

/** A resource as its kustomizations make it. */
export interface BuiltTree {
  readonly root: YamlMap;
  /** The first one is the document that states it. */
  readonly segments: readonly Segment[];
  /** Keys of the patches that change it. */
  readonly patches: ReadonlySet<string>;
  /** Some of it is made by what we do not follow. */
  readonly isOpaque: boolean;
}

/** What a build takes from other resources of the same scope. */
export interface BuildContext {
  /** What references to resources become, seen from a resource that goes through some kustomizations. */
  readonly renamed: (chain: readonly Kustomization[]) => Renamed;
  /** The value that a replacement brings; undefined: it is not known. */
  readonly valueOf: (replacement: Replacement) => YamlNode | undefined;
}

export const NO_CONTEXT: BuildContext = { renamed: () => () => undefined, valueOf: () => undefined };

/** Kinds that are of no namespace and that a namespace is not given to. */
const CLUSTER_KINDS = new Set([
  'Namespace',
  'Node',
  'PersistentVolume',
  'ClusterRole',
  'ClusterRoleBinding',
  'CustomResourceDefinition',
  'APIService',
  'MutatingWebhookConfiguration',
  'ValidatingWebhookConfiguration',
  'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding',
  'StorageClass',
  'VolumeAttachment',
  'CSIDriver',
  'CSINode',
  'PriorityClass',
  'IngressClass',
  'RuntimeClass',
  'CertificateSigningRequest',
  'FlowSchema',
  'PriorityLevelConfiguration',
  'PodSecurityPolicy',
  'TokenReview',
  'SubjectAccessReview',
  'SelfSubjectAccessReview',
]);

/** Kinds whose names stay. */
const KEEPS_NAME = ['Namespace', 'CustomResourceDefinition', 'APIService'];

/**
 * Takes a resource through the kustomizations that list it, from the innermost one out. Undefined: a patch deletes it. The result
 * shares what nobody changes with the tree that went in.
 */
export function build(
  origin: Origin,
  root: YamlMap,
  chain: readonly Kustomization[],
  context: BuildContext = NO_CONTEXT,
): BuiltTree | undefined {
  const work = new Work(origin, root, context);
  for (const level of chain) if (!work.apply(level)) return undefined;
  work.followNames(
    context.renamed(chain),
    chain.flatMap((it) => it.configured?.names ?? []),
  );
  return work.result();
}

/** The same, as far as some of its kustomizations: what a replacement of the last of them may take values from. */
export function buildUpTo(origin: Origin, root: YamlMap, chain: readonly Kustomization[]): Built | undefined {
  const work = new Work(origin, root, NO_CONTEXT);
  for (const level of chain) if (!work.apply(level)) return undefined;
  return { root: work.root, identities: work.identities };
}

export interface Built {
  readonly root: YamlMap;
  /** Names now and before. */
  readonly identities: readonly Identity[];
}

/** Whether a patch without a target is for a resource. */
function isNamedBy(patch: YamlMap, identities: readonly Identity[]): boolean {
  const { group, version, kind, name, namespace } = identityIn(patch);
  return identities.some(
    (it) =>
      it.kind === kind &&
      it.name === name &&
      it.group === group &&
      it.version === version &&
      (namespace === undefined || (it.namespace ?? 'default') === namespace),
  );
}

export function identityIn(root: YamlMap): Identity {
  const apiVersion = root.text('apiVersion') ?? '';
  const slash = apiVersion.indexOf('/');
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind: root.text('kind') ?? '',
    name: root.text('metadata.name') ?? '',
    namespace: root.text('metadata.namespace') || undefined,
  };
}

/** Whether a kustomization that changes nothing but namespaces leaves a resource as it is. */
export function isWithinNamespace({ namespace }: Kustomization, { kind, name, namespace: own }: Identity): boolean {
  if (namespace === undefined) return true;
  const given = String(namespace.value);
  if (kind === 'Namespace') return name === given;
  // These name the namespace in other places, too.
  return own === given && !/^APIService$|Binding$|WebhookConfiguration$/.test(kind);
}

class Work {
  root: YamlMap;
  identities: Identity[];
  readonly #segments: Segment[];
  readonly #patches = new Set<string>();
  #isOpaque = false;

  constructor(
    origin: Origin,
    root: YamlMap,
    readonly context: BuildContext,
  ) {
    this.root = root;
    this.identities = [identityIn(root)];
    this.#segments = [{ start: 0, end: origin.text.length, origin }];
  }

  result(): BuiltTree {
    return { root: this.root, segments: this.#segments, patches: this.#patches, isOpaque: this.#isOpaque };
  }

  followNames(renamed: Renamed, more: Configured['names']): void {
    this.root = followNames(this.root, this.#kind, renamed);
    for (const { kind, fields } of more) {
      for (const { path } of this.#ofKind(fields)) {
        this.root = changed(this.root, throughLists(this.root, path), (node) =>
          follow(node, (name) => renamed(kind, name)?.name),
        ) as YamlMap;
      }
    }
  }

  get #kind(): string {
    return this.identities.at(-1)!.kind;
  }

  /** Whether the resource is still there. */
  apply(level: Kustomization): boolean {
    for (const patch of level.patches) if (!patch.isLate && !this.#patch(patch, level)) return false;
    this.#namespace(level);
    this.#name(level);
    for (const set of level.labels) this.#labels(level, set);
    this.#annotations(level);
    for (const patch of level.patches) if (patch.isLate && !this.#patch(patch, level)) return false;
    this.#replicas(level);
    for (const image of level.images) this.#image(level, image);
    for (const replacement of level.replacements) this.#replacement(level, replacement);
    this.#isOpaque ||= level.isOpaque;
    return true;
  }

  /** How far nodes of a document are moved to stand among this resource's. */
  #shift(origin: Origin): number {
    const known = this.#segments.findIndex((it, i) => i > 0 && it.origin.uri === origin.uri && it.origin.text === origin.text);
    if (known >= 0) return this.#segments[known]!.start;
    const start = this.#segments.at(-1)!.end + 1;
    this.#segments.push({ start, end: start + origin.text.length, origin });
    return start;
  }

  #note(): void {
    const now = identityIn(this.root);
    const before = this.identities.at(-1)!;
    if (now.name !== before.name || now.namespace !== before.namespace || now.kind !== before.kind) this.identities.push(now);
  }

  #patch(patch: Patch, { hasSchemas }: Kustomization): boolean {
    const isFor = patch.target
      ? selects(patch.target, this.identities, this.root)
      : patch.merge !== undefined && isNamedBy(patch.merge, this.identities);
    if (!isFor) return true;
    this.#patches.add(patch.key);
    const by = this.#shift(patch.origin);
    if (patch.merge === undefined) {
      this.root = applyOperations(
        this.root,
        patch.operations.map((it) => moved(it, by)),
      );
    } else {
      this.#isOpaque ||= hasSchemas && !hasMergeKeys(this.identities.at(-1)!.group);
      const merged = merge(this.root, moved(patch.merge, by), hasMergeKeys(this.identities.at(-1)!.group));
      if (merged === undefined) return false;
      this.root = this.#keepIdentity(merged, patch);
    }
    this.#note();
    return true;
  }

  /** A patch for a target names things for itself only, unless it is told otherwise. */
  #keepIdentity(merged: YamlMap, patch: Patch): YamlMap {
    let kept = merged;
    const before = this.root;
    const keep = (steps: readonly string[]): void => {
      const old = before.get(steps.join('.'));
      if (old !== undefined) kept = changed(kept, steps, () => old) as YamlMap;
    };
    if (!patch.allowsKindChange) {
      keep(['kind']);
      keep(['apiVersion']);
    }
    if (!patch.allowsNameChange) keep(['metadata', 'name']);
    if (patch.target === undefined && before.get('metadata.namespace')) keep(['metadata', 'namespace']);
    return kept;
  }

  #set(steps: readonly string[], value: YamlNode, create: boolean): void {
    this.root = changed(this.root, steps, () => value, create ? { at: value } : undefined) as YamlMap;
  }

  /** Fields of this kind among some, as paths. */
  #ofKind(fields: readonly FieldSpec[] | undefined): readonly FieldSpec[] {
    const { group, version, kind } = this.identities.at(-1)!;
    const fits = (wanted: string | undefined, is: string): boolean => wanted === undefined || wanted === '' || wanted === is;
    return (fields ?? []).filter((it) => fits(it.kind, kind) && fits(it.group, group) && fits(it.version, version));
  }

  #namespace({ namespace, origin, configured }: Kustomization): void {
    if (namespace === undefined) return;
    const kind = this.#kind;
    const isSame = this.root.text('metadata.namespace') === String(namespace.value);
    if (kind === 'Namespace') {
      if (this.root.text('metadata.name') !== String(namespace.value))
        this.#set(['metadata', 'name'], moved(namespace, this.#shift(origin)), true);
    } else if (!CLUSTER_KINDS.has(kind) && !isSame) this.#set(['metadata', 'namespace'], moved(namespace, this.#shift(origin)), true);
    if (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') {
      const value = moved(namespace, this.#shift(origin));
      this.root = changed(this.root, ['subjects', '*'], (it) =>
        it?.type === 'map' && it.text('kind') === 'ServiceAccount' && it.text('name') === 'default'
          ? withValue(it, 'namespace', value)
          : it,
      ) as YamlMap;
    }
    if (kind === 'APIService') this.#set(['spec', 'service', 'namespace'], moved(namespace, this.#shift(origin)), false);
    if (kind.endsWith('WebhookConfiguration')) {
      this.#set(['webhooks', '*', 'clientConfig', 'service', 'namespace'], moved(namespace, this.#shift(origin)), false);
    }
    for (const { path, create } of this.#ofKind(configured?.namespaces)) {
      const value = moved(namespace, this.#shift(origin));
      this.root = changed(this.root, throughLists(this.root, path), () => value, create ? { at: value } : undefined) as YamlMap;
    }
    this.#note();
  }

  #name({ prefix, suffix }: Kustomization): void {
    if ((prefix === undefined && suffix === undefined) || KEEPS_NAME.includes(this.#kind)) return;
    const node = this.root.get('metadata.name');
    const name = node?.text();
    if (node === undefined || name === undefined) return;
    this.#set(['metadata', 'name'], scalarAt(node, `${String(prefix?.value ?? '')}${name}${String(suffix?.value ?? '')}`), false);
    this.#note();
  }

  #labels({ origin, configured }: Kustomization, { pairs, fields, reachesSelectors, reachesTemplates }: LabelSet): void {
    const added = moved(pairs, this.#shift(origin));
    const add = (path: string | readonly string[], create: boolean): void => {
      this.root = changed(
        this.root,
        typeof path === 'string' ? path.split('/') : throughLists(this.root, path),
        (map) => (map === undefined || map.type !== 'map' ? (create || map !== undefined ? added : undefined) : laidOver(map, added)),
        create ? { at: added } : undefined,
      ) as YamlMap;
    };
    add('metadata/labels', true);
    for (const { path, create } of this.#ofKind([...fields, ...(reachesSelectors ? (configured?.labels ?? []) : [])])) add(path, create);
    const kind = this.#kind;
    const template = templateOf(kind);
    if (reachesTemplates && template !== undefined) {
      add(`${template}/metadata/labels`, true);
      if (kind === 'CronJob') add('spec/jobTemplate/metadata/labels', true);
      if (kind === 'StatefulSet') add('spec/volumeClaimTemplates/*/metadata/labels', true);
    }
    if (!reachesSelectors) return;
    if (kind === 'Service' || kind === 'ReplicationController') add('spec/selector', true);
    if (['Deployment', 'ReplicaSet', 'DaemonSet', 'StatefulSet'].includes(kind)) add('spec/selector/matchLabels', true);
    if (kind === 'Job') add('spec/selector/matchLabels', false);
    if (kind === 'CronJob') add('spec/jobTemplate/spec/selector/matchLabels', false);
    if (kind === 'PodDisruptionBudget') add('spec/selector/matchLabels', false);
    if (kind === 'NetworkPolicy') {
      add('spec/podSelector/matchLabels', false);
      add('spec/ingress/*/from/*/podSelector/matchLabels', false);
      add('spec/egress/*/to/*/podSelector/matchLabels', false);
    }
    if (kind === 'Deployment' || kind === 'StatefulSet') {
      for (const place of ['podAffinity', 'podAntiAffinity']) {
        const affinity = `spec/template/spec/affinity/${place}`;
        add(`${affinity}/preferredDuringSchedulingIgnoredDuringExecution/*/podAffinityTerm/labelSelector/matchLabels`, false);
        add(`${affinity}/requiredDuringSchedulingIgnoredDuringExecution/*/labelSelector/matchLabels`, false);
      }
      add('spec/template/spec/topologySpreadConstraints/*/labelSelector/matchLabels', false);
    }
  }

  #annotations({ annotations, origin, configured }: Kustomization): void {
    if (annotations === undefined) return;
    const added = moved(annotations, this.#shift(origin));
    const kind = this.#kind;
    const template = templateOf(kind);
    for (const path of [
      'metadata/annotations',
      ...(template === undefined ? [] : [`${template}/metadata/annotations`]),
      ...(kind === 'CronJob' ? ['spec/jobTemplate/metadata/annotations'] : []),
      ...this.#ofKind(configured?.annotations).map((it) => it.path.join('/')),
    ]) {
      this.root = changed(this.root, path.split('/'), (map) => (map?.type === 'map' ? laidOver(map, added) : added), {
        at: added,
      }) as YamlMap;
    }
  }

  #replicas({ replicas, origin }: Kustomization): void {
    if (!['Deployment', 'StatefulSet', 'ReplicaSet', 'ReplicationController'].includes(this.#kind)) return;
    for (const { name, count } of replicas) {
      if (this.identities.some((it) => it.name === name)) this.#set(['spec', 'replicas'], moved(count, this.#shift(origin)), true);
    }
  }

  #image({ origin }: Kustomization, image: Image): void {
    if (this.#kind === 'CustomResourceDefinition') return;
    this.root = inContainers(this.root, (node) => {
      const after = renamedImage(node.text(), image);
      if (after === undefined) return node;
      const by = this.#shift(origin);
      return scalarAt({ start: image.at.start + by, end: image.at.end + by }, after);
    }) as YamlMap;
  }

  #replacement({ origin }: Kustomization, replacement: Replacement): void {
    for (const target of replacement.targets) {
      if (!selects(target.select, this.identities, this.root)) continue;
      if (target.reject.some((it) => isRejected(it) && selects(it, this.identities, this.root))) continue;
      const by = this.#shift(origin);
      const at = { start: replacement.at.start + by, end: replacement.at.end + by };
      const value = this.context.valueOf(replacement);
      for (const path of target.paths) this.root = replaced(this.root, path, value, at, target) as YamlMap;
    }
    this.#note();
  }
}

/** A path with a step into each list on its way, which field specs leave out. */
function throughLists(root: YamlNode, path: readonly string[]): readonly string[] {
  const steps: string[] = [];
  let node: YamlNode | undefined = root;
  for (const step of path) {
    while (node?.type === 'list' && step !== '*') {
      steps.push('*');
      node = node.items[0];
    }
    steps.push(step);
    node = node?.type === 'list' ? node.items[0] : node?.type === 'map' ? node.entry(step)?.value : undefined;
  }
  return steps;
}

function isRejected(target: Target): boolean {
  return Object.values(target).some((it) => it !== undefined);
}

function laidOver(map: YamlMap, added: YamlMap): YamlMap {
  const entries = map.entries.filter((it) => !added.entry(it.key));
  return withEntries(map, [...entries, ...added.entries]);
}

/** Path to the pod template of a kind. */
function templateOf(kind: string): string | undefined {
  const spec = POD_SPECS[kind];
  return spec === undefined || kind === 'Pod' ? undefined : spec.slice(0, -'/spec'.length);
}

function inContainers(node: YamlNode, change: (image: YamlNode) => YamlNode): YamlNode {
  if (node.type === 'scalar') return node;
  if (node.type === 'list') return changed(node, ['*'], (it) => it && inContainers(it, change));
  let differs = false;
  const entries = node.entries.map((entry): YamlEntry => {
    const isContainers = (entry.key === 'containers' || entry.key === 'initContainers') && entry.value.type === 'list';
    const value = isContainers ? changed(entry.value, ['*', 'image'], (it) => it && change(it)) : inContainers(entry.value, change);
    differs ||= value !== entry.value;
    return value === entry.value ? entry : entryWith(entry, value);
  });
  return differs ? withEntries(node, entries) : node;
}

/** An image under another name, tag or digest; undefined where it is another image. */
function renamedImage(written: string | undefined, { name, newName, newTag, digest }: Image): string | undefined {
  const match = written === undefined ? null : /^(.*?)(?::([\w][\w.-]*))?(@[\w:.+-]+)?$/.exec(written);
  if (!match || match[1] !== name) return undefined;
  const base = newName ?? name;
  if (newTag !== undefined && digest !== undefined) return `${base}:${newTag}@${digest}`;
  if (newTag !== undefined) return `${base}:${newTag}`;
  if (digest !== undefined) return `${base}@${digest}`;
  return `${base}${match[2] === undefined ? '' : `:${match[2]}`}${match[3] ?? ''}`;
}

/** Sets what stands at a path of a replacement: `spec.hosts.0`, `metadata.labels.[app]`, `spec.containers.[name=web].image`. */
function replaced(root: YamlNode, path: string, value: YamlNode | undefined, at: Range, { options }: ReplacementTarget): YamlNode {
  return changedAlong(
    root,
    fieldSteps(path),
    (old) => {
      if (value === undefined) return unknownAt(at);
      if (options.delimiter === undefined || value.type !== 'scalar' || value.opaque)
        return value.type === 'scalar' && !value.opaque ? scalarAt(at, value.value) : placedAt(value, at);
      const text = old?.text();
      if (text === undefined) return unknownAt(at);
      const parts = text.split(options.delimiter);
      const put = String(value.value);
      if (options.index < 0) parts.unshift(put);
      else if (options.index >= parts.length) parts.push(put);
      else parts[options.index] = put;
      return scalarAt(at, parts.join(options.delimiter));
    },
    options.create ? at : undefined,
  );
}

/** The value that a field path of a replacement's source leads to. */
export function valueAt(root: YamlMap, path: string): YamlNode | undefined {
  let found: YamlNode | undefined = root;
  for (const step of fieldSteps(path)) {
    if (found === undefined) return undefined;
    if (found.type === 'map') found = found.entry(step)?.value;
    else if (found.type === 'list') {
      const match = /^\[([^=]+)=(.*)\]$/.exec(step);
      found = match ? found.items.find((it) => textIn(it, match[1]!) === match[2]) : found.items[Number(step)];
    } else return undefined;
  }
  return found;
}

function changedAlong(
  node: YamlNode,
  steps: readonly string[],
  change: (old: YamlNode | undefined) => YamlNode,
  create: Range | undefined,
): YamlNode {
  const [step, ...rest] = steps;
  if (step === undefined) return change(node);
  if (node.type === 'list') {
    const match = /^\[([^=]+)=(.*)\]$/.exec(step);
    return changed(node, ['*'], (item) => {
      if (item === undefined) return item;
      const isWanted = step === '*' || (match ? textIn(item, match[1]!) === match[2] : item === node.items[Number(step)]);
      return isWanted ? changedAlong(item, rest, change, create) : item;
    });
  }
  if (node.type !== 'map') return node;
  if (step === '*')
    return withEntries(
      node,
      node.entries.map((it) => entryWith(it, changedAlong(it.value, rest, change, create))),
    );
  const old = node.entry(step)?.value;
  if (old === undefined) {
    if (create === undefined) return node;
    return withValue(node, step, rest.length === 0 ? change(undefined) : changedAlong(mapAt(create, []), rest, change, create), create);
  }
  return withValue(node, step, rest.length === 0 ? change(old) : changedAlong(old, rest, change, create));
}

function textIn(node: YamlNode, field: string): string | undefined {
  const found = node.get(field);
  return found?.type === 'scalar' && !found.opaque && found.value !== null ? String(found.value) : undefined;
}

/** Steps between dots; a dot within brackets or behind a backslash belongs to a name. */
function fieldSteps(path: string): readonly string[] {
  const steps: string[] = [];
  let step = '';
  let depth = 0;
  for (let i = 0; i < path.length; i++) {
    const c = path[i]!;
    if (c === '\\' && path[i + 1] === '.') step += path[++i]!;
    else if (c === '.' && depth === 0) {
      steps.push(step);
      step = '';
    } else {
      if (c === '[') depth++;
      if (c === ']') depth--;
      step += c;
    }
  }
  steps.push(step);
  return steps.map((it) => (/^\[[^=]*\]$/.test(it) ? it.slice(1, -1) : it));
}
