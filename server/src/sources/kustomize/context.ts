import { toJson } from '../../yaml/json.js';
import type { YamlMap, YamlNode } from '../../yaml/node.js';
import { buildUpTo, valueAt, type BuildContext } from './build.js';
import { selects, type Identity, type Kustomization, type Origin, type Replacement } from './kustomization.js';
import type { FinalName, Renamed } from './names.js';
import { scalarAt } from './tree.js';

/** A resource that a scope builds, as its document states it. */
export interface Member {
  readonly chain: readonly Kustomization[];
  readonly origin: Origin;
  readonly identity: Identity;
  readonly root: () => YamlMap | undefined;
}

/** What the resources of a scope take from one another. Equal signatures, equal answers. */
export interface ScopeContext extends BuildContext {
  readonly signature: string;
}

interface Candidate extends FinalName {
  readonly chain: readonly Kustomization[];
}

const KEEPS_NAME = ['Namespace', 'CustomResourceDefinition', 'APIService'];

export function contextOf(members: readonly Member[]): ScopeContext {
  const names = new Map<string, Candidate[]>();
  for (const { chain, identity } of members) {
    let { name, namespace } = identity;
    const passed = new Set([name]);
    const namespaces = new Set([namespace ?? 'default']);
    for (const level of chain) {
      if (level.namespace) namespaces.add((namespace = String(level.namespace.value)));
      if (KEEPS_NAME.includes(identity.kind)) continue;
      name = `${String(level.prefix?.value ?? '')}${name}${String(level.suffix?.value ?? '')}`;
      passed.add(name);
    }
    for (const it of passed) {
      const key = `${identity.kind}/${it}`;
      const list = names.get(key);
      const final = { chain, name, namespace, passed: namespaces, isPlaced: chain.some((level) => level.namespace !== undefined) };
      if (list) list.push(final);
      else names.set(key, [final]);
    }
  }
  const values = new Map<string, YamlNode | undefined>();
  for (const level of new Set(members.flatMap((it) => it.chain))) {
    for (const replacement of level.replacements) values.set(replacement.key, sourceValue(members, level, replacement));
  }
  return {
    renamed: (chain): Renamed => {
      return (kind, name) => {
        const candidates = names.get(`${kind}/${name}`);
        // Of several that were called so, the one that comes along the same way.
        return candidates?.reduce((best, it) => (shared(it.chain, chain) > shared(best.chain, chain) ? it : best));
      };
    },
    valueOf: ({ key }) => values.get(key),
    signature: JSON.stringify([
      [...names].map(([key, list]) => [key, list.map((it) => [it.name, it.namespace, it.chain.map((level) => level.folder)])]).sort(),
      [...values].map(([key, value]) => [key, value && toJson(value)]),
    ]),
  };
}

function shared(a: readonly Kustomization[], b: readonly Kustomization[]): number {
  return a.filter((it) => b.includes(it)).length;
}

function sourceValue(
  members: readonly Member[],
  level: Kustomization,
  { source, sourcePath, sourceOptions }: Replacement,
): YamlNode | undefined {
  for (const { chain, origin, root, identity } of members) {
    const at = chain.indexOf(level);
    if (at < 0 || (source.kind !== undefined && source.kind !== identity.kind)) continue;
    const stated = root();
    const built = stated && buildUpTo(origin, stated, chain.slice(0, at + 1));
    if (!built || !selects(source, built.identities, built.root)) continue;
    const value = valueAt(built.root, sourcePath);
    if (value?.type !== 'scalar' || value.opaque || sourceOptions.delimiter === undefined) return value;
    const part = String(value.value).split(sourceOptions.delimiter)[sourceOptions.index];
    return part === undefined ? undefined : scalarAt(value, part);
  }
  return undefined;
}
