import type { Json } from '../../server/src/yaml/node.js';
import type { OpenApi } from './crds.js';
import type { Random } from './random.js';

type JsonObject = Readonly<Record<string, Json>>;

const TEXTS = [
  'x',
  'y-1',
  'a.b',
  'Example',
  '*',
  '*.example.com',
  'example.com',
  '1s',
  '0s',
  '10ms',
  '1ms',
  '1h30m',
  '-1s',
  '1.5s',
  'http://a.b/c',
  'ftp://a',
  '/path',
  '//',
  '10.0.0.1',
  '10.0.0.0/8',
  '10.0.0.0/64',
  '::1',
  '200',
  'X-Header',
  'a b',
  '',
  'a'.repeat(64),
  'a'.repeat(300),
  '8080',
  'UNSET',
  'true',
  'é'.repeat(40),
  '2026-08-01T12:00:00Z',
  'kuma.io/service',
  'v1',
];
const NUMBERS = [0, 1, -1, 2, 7, 65_535, 65_536, 100, 101, 1.5, 1_000_000, 3_000_000_000, 1000, 99, 600];

/** The object with one thing in it changed at random: by what its schema knows where that helps, against it otherwise. */
export function mutated(value: Json, schema: OpenApi | undefined, random: Random): Json {
  if (Array.isArray(value)) return mutatedList(value as readonly Json[], schema, random);
  if (typeof value === 'object' && value !== null) return mutatedMap(value as JsonObject, schema, random);
  return otherScalar(value, schema, random);
}

function mutatedMap(object: JsonObject, schema: OpenApi | undefined, random: Random): Json {
  const keys = Object.keys(object);
  const key = keys.length === 0 ? undefined : random.of(keys);
  const known = Object.keys(objectOf(schema?.['properties']));
  switch (random.below(12)) {
    case 0:
    case 1: {
      const absent = known.filter((it) => !keys.includes(it) && it !== 'status');
      if (absent.length === 0) break;
      const added = random.of(absent);
      return { ...object, [added]: generated(childOf(schema, added), random, 3) };
    }
    case 2:
      return key === undefined ? 'text' : without(object, key);
    case 3:
      if (key === undefined || random.below(3) > 0) break;
      return Object.fromEntries(
        Object.entries(object).map(([it, inner]) => [it === key ? random.of([`${it}x`, it.toUpperCase(), '']) : it, inner]),
      );
    case 4:
      if (key === undefined || random.below(2) > 0) break;
      return { ...object, [key]: generated(childOf(schema, key), random, 3) };
    case 5:
      return random.below(4) === 0 ? random.of<Json>(['text', 7, [], true]) : key === undefined ? object : { ...object, [key]: null };
    default:
  }
  return key === undefined ? object : { ...object, [key]: mutated(object[key]!, childOf(schema, key), random) };
}

function mutatedList(list: readonly Json[], schema: OpenApi | undefined, random: Random): Json {
  const item = objectOrUndefined(schema?.['items']);
  const at = random.below(Math.max(1, list.length));
  switch (random.below(10)) {
    case 0:
      return [...list, generated(item, random, 3)];
    case 1:
      return list.length === 0 ? [] : [...list, list[at]!];
    case 2:
      return list.filter((_, i) => i !== at);
    case 3:
      if (random.below(3) > 0) break;
      return random.of<Json>([
        'text',
        {},
        [null],
        [],
        Array.from({ length: random.of([17, 65, 129]) }, (_, i) => (i === 0 ? (list[at] ?? null) : renamed(list[at] ?? null, i))),
      ]);
    default:
  }
  return list.length === 0 ? [generated(item, random, 3)] : list.map((it, i) => (i === at ? mutated(it, item, random) : it));
}

/** Told apart from its like by its texts, where it has any. */
function renamed(value: Json, number: number): Json {
  if (typeof value === 'string') return `${value}${number}`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === 'name' && typeof inner === 'string' ? `${inner}${number}` : inner]),
  );
}

function otherScalar(value: Json, schema: OpenApi | undefined, random: Random): Json {
  if (random.below(8) === 0) return random.of<Json>(['text', 7, true, {}, [], 1.5, null]);
  const choices = schema?.['enum'];
  if (Array.isArray(choices)) return random.below(6) === 0 ? `${String(choices[0])}x` : random.of(choices as readonly Json[]);
  if (typeof value === 'number') return random.of(NUMBERS);
  if (typeof value === 'boolean') return !value;
  return random.below(5) === 0 ? `${String(value)}${random.of(['x', ' ', '/', '-', '.'])}` : random.of(TEXTS);
}

/** A value that the schema might take. */
function generated(schema: OpenApi | undefined, random: Random, depth: number): Json {
  if (schema === undefined) return random.of<Json>(['text', 7, {}]);
  const choices = schema['enum'];
  if (Array.isArray(choices)) return random.of(choices as readonly Json[]);
  if (schema['x-kubernetes-int-or-string'] === true) return random.of<Json>([8080, '50%', 'http']);
  switch (schema['type']) {
    case 'object': {
      const properties = objectOf(schema['properties']);
      const required = Array.isArray(schema['required']) ? (schema['required'] as readonly string[]) : [];
      const others = depth > 0 ? Object.keys(properties).filter((it) => !required.includes(it)) : [];
      const names = [...required, ...random.some(others, random.below(3))];
      const entries = names.map((name) => [name, generated(objectOrUndefined(properties[name]), random, depth - 1)] as const);
      const free = objectOrUndefined(schema['additionalProperties']);
      if (free !== undefined && depth > 0) entries.push([random.of(['app', '8080', 'x/y']), generated(free, random, depth - 1)]);
      return Object.fromEntries(entries);
    }
    case 'array': {
      const least = Number(schema['minItems'] ?? 0);
      return Array.from({ length: Math.max(least, random.below(3)) }, () =>
        generated(objectOrUndefined(schema['items']), random, depth - 1),
      );
    }
    case 'integer':
    case 'number':
      return random.of(NUMBERS);
    case 'boolean':
      return random.of([true, false]);
    default:
      return random.of(TEXTS);
  }
}

function childOf(schema: OpenApi | undefined, key: string): OpenApi | undefined {
  const properties = objectOf(schema?.['properties']);
  return objectOrUndefined(Object.hasOwn(properties, key) ? properties[key] : schema?.['additionalProperties']);
}

function without(object: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([it]) => it !== key));
}

function objectOrUndefined(value: Json | undefined): OpenApi | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as OpenApi) : undefined;
}

function objectOf(value: Json | undefined): JsonObject {
  return objectOrUndefined(value) ?? {};
}
