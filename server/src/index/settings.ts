import { defineLookup, defineSetting } from './tables.js';
import type { Json } from '../yaml/node.js';

/** The tree of keys that `--set`, `.meshwright.yaml` and VS Code's `meshwright.*` share, already merged. */
export type Settings = { readonly [key: string]: Json };

export const settings = defineSetting<Settings>('settings', {});

/**
 * Which release of each system settings name, by the system's id. What rules that look up nothing else find is remembered by their document, and
 * found again when this changes.
 */
export const releases = defineSetting<Readonly<Record<string, string>>>('releases', {});

/** `open`: the cluster holds more than these files. `closed`: these files are all there is. */
export const world = defineLookup<'open' | 'closed'>('world', (look) => (look.get(settings)['world'] === 'closed' ? 'closed' : 'open'));

/** DNS suffix of services. */
export const clusterDomain = defineLookup<string>(
  'clusterDomain',
  (look) => textOf(look.get(settings)['clusterDomain']) ?? 'cluster.local',
);

/** Hosts (wildcards allowed) that exist elsewhere and are never reported. */
export const externalHosts = defineLookup<readonly string[]>('externalHosts', (look) => textsOf(look.get(settings)['external']));

/** Namespaces (with `*`) that are complete in this workspace: unknown names in them are reported in the open world too. */
export const ownedNamespaces = defineLookup<readonly string[]>('ownedNamespaces', (look) => textsOf(look.get(settings)['owns']));

/** Today, in milliseconds since 1970, from `now` (a date such as `2026-08-20`), which hosts set; undefined: nobody says, so nothing is judged by time. */
export const now = defineLookup<number | undefined>('now', (look) => {
  const written = textOf(look.get(settings)['now']);
  const time = written === undefined ? Number.NaN : Date.parse(written);
  return Number.isNaN(time) ? undefined : time;
});

/** Trees laid over one another, the later ones winning: maps key by key, everything else as a whole. */
export function mergeSettings(...trees: readonly Settings[]): Settings {
  return trees.reduce((below, above) => mergeTwo(below, above), {});
}

/** A text setting below a section: `sectionText(look, 'istio', 'rootNamespace')`. */
export function settingIn(tree: Settings, section: string, key: string): Json | undefined {
  const found = tree[section];
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Settings)[key] : undefined;
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((it): it is string => typeof it === 'string') : [];
}

function mergeTwo(below: Settings, above: Settings): Settings {
  const merged: Record<string, Json> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const under = Object.hasOwn(merged, key) ? merged[key] : undefined;
    // A key such as "__proto__" is data like any other.
    Object.defineProperty(merged, key, {
      value: isTree(value) && isTree(under) ? mergeTwo(under, value) : value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return merged;
}

function isTree(value: Json | undefined): value is Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
