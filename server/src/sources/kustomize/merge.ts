import { type YamlList, type YamlEntry, type YamlMap, type YamlNode } from '../../yaml/node.js';
import { entryWith, withEntries, withItems } from './tree.js';

/**
 * Lists of Kubernetes' own kinds whose items are told apart by a field, so that a patch changes single items. Lists of other
 * kinds, and all lists that are not named here, are replaced as a whole.
 */
const MERGE_KEYS: Readonly<Record<string, readonly string[]>> = {
  containers: ['name'],
  initContainers: ['name'],
  ephemeralContainers: ['name'],
  env: ['name'],
  volumeMounts: ['mountPath'],
  volumeDevices: ['devicePath'],
  volumes: ['name'],
  imagePullSecrets: ['name'],
  hostAliases: ['ip'],
  topologySpreadConstraints: ['topologyKey', 'whenUnsatisfiable'],
  ports: ['containerPort', 'port', 'protocol'],
  secrets: ['name'],
  ownerReferences: ['uid'],
  conditions: ['type'],
  webhooks: ['name'],
  resourceClaims: ['name'],
};

/** Lists of plain values that a patch adds to. */
const SETS = ['finalizers'];

/** Fields below which nothing is a list with keys, whatever its name. */
const ATOMIC = ['selector', 'data', 'stringData', 'labels', 'annotations', 'nodeSelector'];

/** Groups whose kinds Kustomize has schemas of. */
const CORE =
  /^(?:|apps|batch|autoscaling|policy|extensions|(?:networking|rbac\.authorization|storage|admissionregistration|apiextensions|apiregistration|scheduling|coordination|certificates|discovery|events|node|flowcontrol\.apiserver)\.k8s\.io)$/;

/** Whether lists of a group's kinds are merged item by item. */
export function hasMergeKeys(group: string): boolean {
  return CORE.test(group);
}

/** Lays a strategic merge patch over a resource; undefined: the patch deletes it. */
export function merge(base: YamlMap, patch: YamlMap, isCore: boolean): YamlMap | undefined {
  if (directiveOf(patch) === 'delete') return undefined;
  const merged = mergeMaps(base, patch, isCore);
  return merged;
}

function mergeMaps(base: YamlMap, patch: YamlMap, isCore: boolean): YamlMap {
  if (directiveOf(patch) === 'replace') return withEntries(patch, withoutDirectives(patch));
  const entries = [...base.entries];
  for (const entry of patch.entries) {
    if (isDirective(entry.key)) continue;
    const old = entries.filter((it) => it.key === entry.key).at(-1);
    const at = old ? entries.indexOf(old) : -1;
    const value = mergeNodes(entry.key, old?.value, entry.value, isCore && !ATOMIC.includes(entry.key));
    if (value === undefined) {
      if (old) entries.splice(at, 1);
    } else if (old) entries[at] = entryWith(isKept(value, old.value) ? old : entry, value);
    else entries.push(entryWith(entry, value));
  }
  return withEntries(base, entries);
}

/** Whether a value is still mainly what the base states. */
function isKept(value: YamlNode, old: YamlNode): boolean {
  return value.start === old.start && value.end === old.end;
}

function mergeNodes(key: string, base: YamlNode | undefined, patch: YamlNode, isCore: boolean): YamlNode | undefined {
  if (patch.type === 'scalar') return patch.value === null && !patch.opaque ? undefined : patch;
  if (patch.type === 'map') {
    if (directiveOf(patch) === 'delete') return undefined;
    return base?.type === 'map' ? mergeMaps(base, patch, isCore) : cleaned(patch);
  }
  if (base?.type !== 'list') return cleaned(patch);
  if (SETS.includes(key)) {
    const known = patch.items.map((it) => it.text());
    return withItems(base, [...patch.items, ...base.items.filter((it) => !known.includes(it.text()))]);
  }
  if (patch.items.some((it) => it.type === 'map' && directiveOf(it) === 'replace')) return cleaned(patch);
  const keys = isCore ? keysFor(key, patch, base) : undefined;
  return keys === undefined ? cleaned(patch) : mergeLists(base, patch, keys);
}

function keysFor(key: string, patch: YamlList, base: YamlList): readonly string[] | undefined {
  const keys = Object.hasOwn(MERGE_KEYS, key) ? MERGE_KEYS[key]! : undefined;
  if (keys === undefined) return undefined;
  const used = keys.filter((name) => [...patch.items, ...base.items].some((it) => it.type === 'map' && it.has(name)));
  return used.length === 0 ? undefined : used;
}

/** Items of the patch come first, as Kustomize puts them. */
function mergeLists(base: YamlList, patch: YamlList, keys: readonly string[]): YamlNode {
  const left = [...base.items];
  const merged: YamlNode[] = [];
  for (const item of patch.items) {
    const at = left.findIndex((it) => isSameItem(it, item, keys));
    const old = left[at];
    if (old) left.splice(at, 1);
    if (item.type !== 'map') {
      if (!old) merged.push(item);
      continue;
    }
    if (directiveOf(item) === 'delete') continue;
    merged.push(old?.type === 'map' ? mergeMaps(old, item, true) : cleaned(item));
  }
  return withItems(base, [...merged, ...left]);
}

function isSameItem(a: YamlNode, b: YamlNode, keys: readonly string[]): boolean {
  if (a.type !== 'map' || b.type !== 'map') return false;
  // What an item leaves out, such as the protocol of a port, is no difference.
  const values = keys.map((key) => [scalarOf(a.get(key)), scalarOf(b.get(key))] as const);
  return values.some(([x, y]) => x !== undefined && x === y) && values.every(([x, y]) => x === undefined || y === undefined || x === y);
}

function scalarOf(node: YamlNode | undefined): unknown {
  return node?.type === 'scalar' && !node.opaque ? node.value : undefined;
}

/** What a patch adds where the base has nothing: without directives, and without what it would have deleted. */
function cleaned(node: YamlNode): YamlNode {
  if (node.type === 'scalar') return node;
  if (node.type === 'list') {
    const items = node.items.filter((it) => !(it.type === 'map' && directiveOf(it) !== undefined && it.entries.length === 1));
    return withItems(node, items.filter((it) => !(it.type === 'map' && directiveOf(it) === 'delete')).map(cleaned));
  }
  return withEntries(
    node,
    withoutDirectives(node).flatMap((it): YamlEntry[] => {
      if (it.value.type === 'scalar' && it.value.value === null && !it.value.opaque) return [];
      if (it.value.type === 'map' && directiveOf(it.value) === 'delete') return [];
      return [entryWith(it, cleaned(it.value))];
    }),
  );
}

function directiveOf(map: YamlMap): string | undefined {
  return map.entry('$patch')?.value.text();
}

function withoutDirectives(map: YamlMap): readonly YamlEntry[] {
  return map.entries.filter((it) => !isDirective(it.key));
}

function isDirective(key: string): boolean {
  return key === '$patch' || key === '$retainKeys' || key.startsWith('$setElementOrder') || key.startsWith('$deleteFromPrimitiveList');
}
