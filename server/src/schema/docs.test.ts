import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { toJson } from '../yaml/json.js';
import { parseDocument } from '../yaml/parse.js';
import { readDocs, type SystemDocs } from './docs.js';
import { createSchemas, type SchemaField } from './schemas.js';
import { fieldAtPath } from './walk.js';

const load = (file: string): string => readFileSync(new URL(`../../../schemas/${file}`, import.meta.url), 'utf8');
// The experimental channel has all that the standard one has, and more.
const schemas = createSchemas(load).choosing({ channels: { 'gateway-api': 'experimental' } });

function docsOf(system: string): SystemDocs {
  const { root, problems } = parseDocument(load(`${system}/docs.yaml`));
  expect(problems).toEqual([]);
  return readDocs(toJson(root!));
}

function rootsOf(system: string): readonly SchemaField[] {
  return schemas
    .groups()
    .flatMap((group) => schemas.kinds(group))
    .filter((kind) => kind.system === system)
    .flatMap(({ group, kind, versions }) =>
      Object.keys(versions).map((version) => schemas.root(group === '' ? version : `${group}/${version}`, kind)!),
    );
}

function* fieldsBelow(field: SchemaField): Generator<SchemaField> {
  for (const child of [...field.fields, ...(field.item ? [field.item] : [])]) {
    yield child;
    yield* fieldsBelow(child);
  }
}

for (const system of ['istio', 'gateway-api', 'linkerd', 'consul', 'kuma', 'cilium', 'kubernetes', 'kustomize']) {
  test(`words for ${system} are about fields and values that exist`, () => {
    const docs = docsOf(system);
    const roots = rootsOf(system);
    const unknown: string[] = [];
    for (const [name, section] of docs.kinds) {
      const own = roots.filter((it) => it.name === name);
      for (const [path, entry] of section.fields) {
        // Some fields are in one version only.
        const fields = own.flatMap((root) => fieldAtPath(root, path.split('.')) ?? []);
        if (fields.length === 0) unknown.push(`${name} ${path}`);
        for (const value of Object.keys(entry.values ?? {}))
          if (fields.length > 0 && fields.every((it) => (it.enum ?? it.item?.enum)?.includes(value) === false))
            unknown.push(`${name} ${path}=${value}`);
      }
    }
    const all = roots.flatMap((root) => [...fieldsBelow(root)]);
    for (const [name, section] of docs.shapes) {
      const own = all.filter((it) => it.shape === name);
      if (name !== 'Object' && own.length === 0) unknown.push(name);
      // Shapes that are much alike share one list of words, and each of these is about one of them.
      const alike = new Set([...docs.shapes].flatMap(([other, it]) => (isDeepStrictEqual(it.fields, section.fields) ? [other] : [])));
      const places = all.filter((it) => it.shape !== undefined && alike.has(it.shape));
      for (const path of name === 'Object' ? [] : section.fields.keys()) {
        if (!places.some((place) => fieldAtPath(place, path.split('.')) !== undefined)) unknown.push(`${name} ${path}`);
      }
    }
    expect(unknown).toEqual([]);
  });
}

test('every field of Istio, and every value of an enum, has words', () => {
  const silent = rootsOf('istio').flatMap((root) =>
    [root, ...fieldsBelow(root)]
      .filter((field) => !/^(apiVersion|kind|metadata|status)\b/.test(field.path))
      .flatMap((field) => [
        ...(field.docs === undefined ? [`${root.name} ${field.path}`] : []),
        ...(field.enum ?? []).filter((value) => field.enumDocs[value] === undefined).map((value) => `${root.name} ${field.path}=${value}`),
      ]),
  );
  expect(silent).toEqual([]);
});

test('every condition and pattern of Istio has a message', () => {
  const without = rootsOf('istio').flatMap((root) =>
    [root, ...fieldsBelow(root)].flatMap((field) =>
      [...(field.facts.rules ?? []), ...(field.facts.pattern === undefined ? [] : [field.facts.pattern])].filter(
        (rule) => !rule.startsWith('duration(self)') && field.ruleMessage(rule) === undefined,
      ),
    ),
  );
  expect([...new Set(without)]).toEqual([]);
});

test('words about a place win over those about its shape, part by part', () => {
  const root = schemas.root('networking.istio.io/v1', 'VirtualService')!;
  const timeout = fieldAtPath(root, 'spec.http.0.timeout'.split('.'))!;
  expect(timeout.docs).toContain('504');
  expect(timeout.typeName).toBe('duration');
  expect(fieldAtPath(root, 'spec.http.0.retries.perTryTimeout'.split('.'))?.typeName).toBe('duration');
  expect(fieldAtPath(root, 'spec.http'.split('.'))?.typeName).toBe('list of HTTPRoute');
  expect(root.link).toContain('istio.io/latest/docs/reference/config/networking/virtual-service');
});
