import { Ajv, type ValidateFunction } from 'ajv';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { bundledSchemas } from '../hosts/schemas.js';
import { NO_BUILD, type Resource } from '../model/resource.js';
import type { Json, YamlMap } from '../yaml/node.js';
import { parseDocument } from '../yaml/parse.js';
import { validate, type SchemaCode } from './validate.js';

/** Material that lies beside the repository where it is developed, and nowhere else. */
const SHARED = path.resolve(import.meta.dirname, '../../../../shared');
const CRDS = path.join(SHARED, 'crds/istio');
const CORPORA = ['seed', 'istio-crd', 'istio-analyze', 'kiali', 'real-world/istio__istio'].map((name) => path.join(SHARED, 'corpus', name));

type JsonObject = Record<string, Json>;

/** What a JSON schema does not say. */
const BEYOND: ReadonlySet<SchemaCode> = new Set<SchemaCode>(['condition', 'metadata', 'format', 'unknown-version', 'duplicate-item']);

/** Words that AJV knows; groups of ours that come from CEL are in none of them. */
function strictSchema(node: Json): Json {
  if (Array.isArray(node)) return node.map(strictSchema);
  if (typeof node !== 'object' || node === null) return node;
  const { properties, items, additionalProperties, ...rest } = node as JsonObject;
  const plain = Object.fromEntries(Object.entries(rest).filter(([key]) => !/^(x-|description$|format$)/.test(key)));
  const isOpen = (node as JsonObject)['x-kubernetes-preserve-unknown-fields'] === true;
  if (isOpen && properties === undefined) return true;
  // One expression of CEL that is a limit.
  if (JSON.stringify(node).includes('"rule":"0 < self && self <= 65535"') && plain['type'] === 'integer')
    Object.assign(plain, { minimum: 1, maximum: 65_535 });
  if (plain['nullable'] === true && plain['type'] === undefined) delete plain['nullable'];
  return {
    ...plain,
    ...(properties !== undefined && {
      properties: Object.fromEntries(Object.entries(properties as JsonObject).map(([key, value]) => [key, strictSchema(value)])),
      ...(!isOpen && { additionalProperties: false }),
    }),
    ...(items !== undefined && { items: strictSchema(items) }),
    ...(additionalProperties !== undefined && { additionalProperties: strictSchema(additionalProperties) }),
  };
}

function validators(): ReadonlyMap<string, ValidateFunction> {
  const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false });
  const found = new Map<string, ValidateFunction>();
  for (const name of readdirSync(CRDS)) {
    const { spec } = parse(readFileSync(path.join(CRDS, name), 'utf8')) as {
      spec: {
        group: string;
        names: { kind: string };
        versions: { name: string; schema: { openAPIV3Schema: { properties: { spec: Json } } } }[];
      };
    };
    for (const version of spec.versions) {
      found.set(
        `${spec.group}/${version.name} ${spec.names.kind}`,
        ajv.compile(strictSchema(version.schema.openAPIV3Schema.properties.spec) as JsonObject),
      );
    }
  }
  return found;
}

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile() && /\.ya?ml$/.test(entry.name)) yield path.join(entry.parentPath, entry.name);
  }
}

/** Nulls count as absent, except as items of lists. */
function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])));
}

let seed = 42;
function random(below: number): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed % below;
}

/** The value with one thing in it changed at random. */
function mutated(value: Json): Json {
  if (Array.isArray(value)) {
    if (value.length === 0 || random(6) === 0) return random(2) === 0 ? 'text' : {};
    const at = random(value.length);
    return value.map((item: Json, i) => (i === at ? mutated(item) : item));
  }
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value);
    const key = keys[random(Math.max(1, keys.length))];
    const object = value as JsonObject;
    switch (key === undefined ? 0 : random(7)) {
      case 0:
        return { ...object, [['prefix', 'exact', 'mode', 'port', 'unknown'][random(5)]!]: ['text', 7, true, {}, []][random(5)]! };
      case 1:
        return Object.fromEntries(Object.entries(object).filter(([it]) => it !== key));
      case 2:
        return Object.fromEntries(Object.entries(object).map(([it, inner]) => [it === key ? `${it}x` : it, inner]));
      default:
        return { ...object, [key!]: mutated(object[key!]!) };
    }
  }
  return ['text', 7, -1, 1.5, true, {}, [], '', 'DISABLE', 70_000][random(10)]!;
}

const hasMaterial = existsSync(CRDS) && CORPORA.every((it) => existsSync(it));
if (!hasMaterial) console.log(`schema/oracle: left out, as there is no ${CRDS}`);

test.skipIf(!hasMaterial)('accepts and refuses what AJV does by the CRDs themselves', () => {
  const schemas = bundledSchemas();
  const oracle = validators();
  const differences: string[] = [];
  let compared = 0;
  let refused = 0;
  for (const file of CORPORA.flatMap((it) => [...filesBelow(it)])) {
    for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
      if (document.errors.length > 0) continue;
      const object = document.toJS() as { apiVersion?: string; kind?: string; spec?: Json } | null;
      const accepts = oracle.get(`${object?.apiVersion} ${object?.kind}`);
      if (accepts === undefined || object?.spec === undefined || object.spec === null) continue;
      for (let i = 0; i < 6; i++) {
        const spec = withoutNulls(i === 0 ? object.spec : mutated(object.spec));
        const text = stringify({ apiVersion: object.apiVersion, kind: object.kind, metadata: { name: 'x' }, spec }, { version: '1.1' });
        const root = parseDocument(text).root as YamlMap;
        const [group = '', version = ''] = object.apiVersion!.split('/');
        const resource: Resource = {
          id: '',
          uri: 'file:///x.yaml',
          scope: '',
          apiVersion: object.apiVersion!,
          group,
          version,
          kind: object.kind!,
          namespace: undefined,
          name: 'x',
          labels: new Map(),
          annotations: new Map(),
          partial: false,
          build: NO_BUILD,
          root,
        };
        const findings = validate(schemas, resource).filter((it) => !BEYOND.has(it.code) && !isOfCel(it.message));
        const theirs = accepts(spec) as boolean;
        compared++;
        if (!theirs) refused++;
        if (theirs !== (findings.length === 0))
          differences.push(
            `${theirs ? 'AJV accepts' : `AJV: ${JSON.stringify(accepts.errors?.[0])}`}; we: ${findings[0]?.message ?? 'nothing'}\n${text}`,
          );
      }
    }
  }
  console.log(`schema/oracle: ${compared} objects compared, ${refused} of them refused`);
  expect(differences.slice(0, 3).join('\n---\n')).toBe('');
  expect(refused).toBeGreaterThan(500);
});

/** Findings that come from CEL expressions, which a JSON schema knows nothing of. */
function isOfCel(message: string): boolean {
  return /takes at least 1ms|Set only one of "(selector|workloadSelector|jwksUri|tlsCertificates|credentialName|credentialNames)"|needs one of "wasm"/.test(
    message,
  );
}
