import { stringify } from 'yaml';
import { bundledSchemas } from '../../server/src/hosts/schemas.js';
import type { Resource } from '../../server/src/model/resource.js';
import { validate } from '../../server/src/schema/validate.js';
import { toJson } from '../../server/src/yaml/json.js';
import type { Json, YamlMap } from '../../server/src/yaml/node.js';
import { parseDocument } from '../../server/src/yaml/parse.js';
import { judgeOf, type Judge } from './api-server.js';
import { crdFor, crdsOf, manifests, SYSTEMS, type Manifest, type System } from './crds.js';
import { mutated } from './mutate.js';
import { Random } from './random.js';

export interface Comparison {
  readonly system: string;
  /** Documents as they stand in the corpora. */
  readonly documents: number;
  readonly mutations: number;
  /** Of both, how many the CRD refuses. */
  readonly refused: number;
  readonly differences: readonly string[];
}

export interface Amount {
  /** Documents of the corpora for each system, at most. */
  readonly documents: number;
  /** Documents with something changed, for each system. */
  readonly mutations: number;
  readonly seed: number;
}

/** Holds what our validator says of manifests against what AJV and CEL say by the CRDs themselves. */
export function* compareAll(amount: Amount): Generator<Comparison> {
  const all = manifests();
  for (const system of SYSTEMS) yield compare(system, all, amount);
}

function compare(system: System, all: readonly Manifest[], { documents, mutations, seed }: Amount): Comparison {
  const random = new Random(seed);
  const crds = crdsOf(system);
  const judges = new Map<string, Judge>();
  const schemas = bundledSchemas().choosing({ channels: { 'gateway-api': system.channel } });
  const known = all.filter(
    ({ apiVersion, kind }) => crdFor(crds, apiVersion, kind) !== undefined && schemas.root(apiVersion, kind) !== undefined,
  );
  const subjects = known.length > documents ? random.some(known, documents) : known;
  const differences: string[] = [];
  let refused = 0;
  const hold = (manifest: Manifest, object: Readonly<Record<string, Json>>, what: string): void => {
    const crd = crdFor(crds, manifest.apiVersion, manifest.kind)!;
    const name = `${manifest.apiVersion} ${manifest.kind}`;
    let judge = judges.get(name);
    if (judge === undefined) judges.set(name, (judge = judgeOf(crd)));
    const theirs = judge(object);
    const { ours, text } = ourVerdict(schemas, manifest, object);
    if (theirs !== undefined) refused++;
    if ((theirs === undefined) !== (ours === undefined))
      differences.push(`${what} ${manifest.file}: ${name}\n  CRD: ${theirs ?? 'accepted'}\n  we: ${ours ?? 'accepted'}\n${text}`);
  };
  for (const manifest of subjects) hold(manifest, asManifest(manifest), 'as it is');
  let changed = 0;
  while (subjects.length > 0 && changed < mutations) {
    const manifest = random.of(subjects);
    const crd = crdFor(crds, manifest.apiVersion, manifest.kind)!;
    const { apiVersion, kind, metadata, ...rest } = asManifest(manifest);
    let body: Json = rest;
    for (let i = random.below(3); i >= 0; i--) body = mutated(body, crd, random);
    if (typeof body !== 'object' || body === null || Array.isArray(body)) continue;
    const { metadata: _metadata, status: _status, apiVersion: _version, kind: _kind, ...others } = body as Record<string, Json>;
    hold(manifest, { apiVersion: apiVersion!, kind: kind!, metadata: metadata!, ...others }, 'changed');
    changed++;
  }
  return { system: system.name, documents: subjects.length, mutations: changed, refused, differences };
}

/** The object with metadata that nobody objects to, without what the controller writes. */
function asManifest({ object }: Manifest): Readonly<Record<string, Json>> {
  const { apiVersion, kind, metadata: _metadata, status: _status, ...rest } = object;
  return { apiVersion: apiVersion!, kind: kind!, metadata: { name: 'x' }, ...rest };
}

function ourVerdict(
  schemas: ReturnType<typeof bundledSchemas>,
  { apiVersion, kind }: Manifest,
  object: Readonly<Record<string, Json>>,
): { readonly ours: string | undefined; readonly text: string } {
  const text = stringify(object, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
  const root = parseDocument(text).root as YamlMap;
  if (JSON.stringify(toJson(root)) !== JSON.stringify(object)) throw new Error(`the text does not read as what it was made of:\n${text}`);
  const slash = apiVersion.indexOf('/');
  const resource: Resource = {
    id: '',
    uri: 'file:///x.yaml',
    scope: '',
    apiVersion,
    group: apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind,
    namespace: undefined,
    name: 'x',
    labels: new Map(),
    annotations: new Map(),
    partial: false,
    root,
  };
  const [finding] = validate(schemas, resource).filter((it) => it.severity === undefined);
  return { ours: finding && `${finding.code}: ${finding.message}`, text };
}
