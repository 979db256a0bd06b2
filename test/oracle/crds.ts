import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { Json } from '../../server/src/yaml/node.js';

/** Material that lies beside the repository where it is developed, and nowhere else. */
const SHARED = path.resolve(import.meta.dirname, '../../../shared');
const CRDS = path.join(SHARED, 'crds');
const CORPUS = path.join(SHARED, 'corpus');

export const hasMaterial = existsSync(CRDS) && existsSync(CORPUS);

export interface OpenApi {
  readonly [word: string]: Json;
}

/** Which CRDs are compared, and the channel in which our schemas have them. */
export interface System {
  readonly name: string;
  readonly folder: string;
  readonly channel: 'standard' | 'experimental';
}

export const SYSTEMS: readonly System[] = [
  { name: 'istio', folder: 'istio', channel: 'standard' },
  { name: 'gateway-api', folder: 'gateway-api/standard', channel: 'standard' },
  { name: 'gateway-api (experimental)', folder: 'gateway-api/experimental', channel: 'experimental' },
  { name: 'linkerd', folder: 'linkerd', channel: 'standard' },
  { name: 'consul', folder: 'consul', channel: 'standard' },
  { name: 'kuma', folder: 'kuma', channel: 'standard' },
  { name: 'cilium', folder: 'cilium', channel: 'standard' },
];

/** What CRDs say of their kinds, as they say it, by `group/version Kind`; versions that are not served are left out. */
export function crdsOf(system: System): ReadonlyMap<string, OpenApi> {
  const found = new Map<string, OpenApi>();
  const folder = path.join(CRDS, system.folder);
  for (const name of readdirSync(folder).sort()) {
    const text = readFileSync(path.join(folder, name), 'utf8');
    if (name.endsWith('.json')) {
      // The catalogue of schemas for Cilium has one file a version, in lower case.
      const [, kind, version] = /^(\w+?)_(v\w+)\.json$/.exec(name) ?? [];
      if (kind !== undefined) found.set(`cilium.io/${version} ${kind}`, JSON.parse(text, takenByAgents) as OpenApi);
      continue;
    }
    for (const document of parseAllDocuments(text)) {
      const { spec } = document.toJS() as {
        spec: {
          group: string;
          names: { kind: string };
          versions: { name: string; served: boolean; schema: { openAPIV3Schema: OpenApi } }[];
        };
      };
      for (const { name: version, served, schema } of spec.versions)
        if (served) found.set(`${spec.group}/${version} ${spec.names.kind}`, schema.openAPIV3Schema);
    }
  }
  return found;
}

/** Where our schemas go beyond the catalogue on purpose: Cilium's agents take entities and protocols that CRDs of some versions lack. */
function takenByAgents(key: string, value: unknown): unknown {
  if (key !== 'enum' || !Array.isArray(value)) return value;
  if (value.includes('kube-apiserver')) return [...(value as unknown[]), 'world-ipv4', 'world-ipv6'];
  return value.join() === 'TCP,UDP,SCTP,ANY' ? [...(value as unknown[]), 'VRRP', 'IGMP', 'GRE', 'IPIP', 'IPV6', 'ESP', 'AH'] : value;
}

/** The schema of a kind, which the catalogue calls in lower case. */
export function crdFor(crds: ReadonlyMap<string, OpenApi>, apiVersion: string, kind: string): OpenApi | undefined {
  return (
    crds.get(`${apiVersion} ${kind}`) ?? (apiVersion.startsWith('cilium.io/') ? crds.get(`${apiVersion} ${kind.toLowerCase()}`) : undefined)
  );
}

export interface Manifest {
  readonly file: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly object: Readonly<Record<string, Json>>;
}

/** Every document of the corpora that is an object of some API group, in an order that does not change. */
export function manifests(): readonly Manifest[] {
  const found: Manifest[] = [];
  for (const file of filesBelow(CORPUS)) {
    const text = readFileSync(file, 'utf8');
    if (/\{\{|\$\{/.test(text)) continue; // a template is no manifest
    for (const part of text.split(/^---(?=\s|$)/m)) {
      if (!/^apiVersion: *\S+\.\S+\//m.test(part)) continue;
      for (const document of parseAllDocuments(part, { logLevel: 'silent' })) {
        if (document.errors.length > 0) continue;
        const object = document.toJS() as Record<string, Json> | null;
        const { apiVersion, kind } = object ?? {};
        if (object !== null && Object.keys(object).some((key) => key.startsWith('$'))) continue; // a patch
        if (object === null || typeof apiVersion !== 'string' || typeof kind !== 'string') continue;
        found.push({ file: path.relative(CORPUS, file), apiVersion, kind, object });
      }
    }
  }
  return found;
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
