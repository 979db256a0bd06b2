import { toJson } from '../yaml/json.js';
import type { Json, YamlNode } from '../yaml/node.js';
import { hasFormat } from './formats.js';
import { searchPattern } from './pattern.js';
import type { SchemaField } from './schemas.js';
import { isUnknown } from './unknown.js';

/**
 * Whether a value meets conditions written as JSON schema (`anyOf`, `oneOf`, `allOf`, `not` and the words about values between them).
 * Undefined where a template makes up what would decide. Defaults count as written, as they do on the API server.
 */
export function meets(node: YamlNode | undefined, field: SchemaField, condition: Json): boolean | undefined {
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) return true;
  return all(Object.entries(condition), ([word, wanted]) => meetsWord(node, field, word, wanted));
}

/** Names of fields of which a condition `anyOf: [{required: [a]}, …]` asks for one at least; undefined for other conditions. */
export function anyOfFields(condition: Json): readonly string[] | undefined {
  const branches = wordOf(condition, 'anyOf');
  if (!Array.isArray(branches)) return undefined;
  const names = (branches as readonly Json[]).flatMap((branch) => {
    const required = wordOf(branch, 'required');
    const isAlone =
      typeof branch === 'object' && branch !== null && Object.keys(branch).every((it) => it === 'required' || it === 'properties');
    return isAlone && Array.isArray(required) && required.length === 1 ? [String(required[0])] : [];
  });
  return names.length === branches.length ? names : undefined;
}

/** The parts of a condition that hold for themselves: one for each word, and for each part of an `allOf`. */
export function partsOf(condition: Json): readonly Json[] {
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) return [];
  return Object.entries(condition).flatMap(([word, wanted]): readonly Json[] =>
    word === 'allOf' && Array.isArray(wanted) ? (wanted as readonly Json[]).flatMap(partsOf) : [{ [word]: wanted as Json }],
  );
}

function meetsWord(node: YamlNode | undefined, field: SchemaField, word: string, wanted: Json): boolean | undefined {
  const branches = Array.isArray(wanted) ? (wanted as readonly Json[]) : [];
  switch (word) {
    case 'allOf':
      return all(branches, (it) => meets(node, field, it));
    case 'anyOf':
      return any(branches, (it) => meets(node, field, it));
    case 'oneOf': {
      const met = branches.map((it) => meets(node, field, it));
      const sure = met.filter((it) => it === true).length;
      if (sure > 1) return false;
      return met.includes(undefined) ? undefined : sure === 1;
    }
    case 'not': {
      const met = meets(node, field, wanted);
      return met === undefined ? undefined : !met;
    }
    default:
      return node === undefined ? meetsJson(field.facts.default, word, wanted) : meetsValue(node, field, word, wanted);
  }
}

function meetsValue(node: YamlNode, field: SchemaField, word: string, wanted: Json): boolean | undefined {
  if (node.type === 'scalar') return isUnknown(node) ? undefined : meetsJson(node.value, word, wanted);
  if (node.type === 'list') {
    if (node.partial) return undefined;
    if (word === 'items') return all(node.items, (item) => meets(item, field.item ?? field, wanted));
    if (word === 'minItems') return node.items.length >= Number(wanted);
    return word === 'maxItems' ? node.items.length <= Number(wanted) : true;
  }
  const isOpen = node.partial || node.entries.some((entry) => entry.keyOpaque);
  switch (word) {
    case 'required':
      return all(Array.isArray(wanted) ? (wanted as readonly Json[]) : [], (name) => {
        const value = node.get(String(name));
        if (written(value, undefined) !== undefined) return true;
        return field.child(String(name))?.facts.default !== undefined || (isOpen ? undefined : false);
      });
    case 'properties':
      return all(Object.entries(wanted as Readonly<Record<string, Json>>), ([name, condition]) => {
        const child = field.child(name);
        if (child === undefined) return true;
        const value = written(node.get(name), child);
        if (value === undefined && child.facts.default === undefined) return isOpen ? undefined : true;
        return meets(value, child, condition);
      });
    case 'enum':
      return isOpen ? undefined : meetsJson(toJson(node), word, wanted);
    default:
      return true;
  }
}

/** A null counts as absent, and has the default in its place, unless the field takes nulls. */
function written(value: YamlNode | undefined, field: SchemaField | undefined): YamlNode | undefined {
  return value?.type === 'scalar' && value.value === null && !value.opaque && field?.facts.nullable !== true ? undefined : value;
}

/** A scalar, or nothing: what is absent meets every word. */
function meetsJson(value: Json | undefined, word: string, wanted: Json): boolean | undefined {
  if (value === undefined) return true;
  switch (word) {
    case 'enum':
      return Array.isArray(wanted) && wanted.some((it) => JSON.stringify(it) === JSON.stringify(value));
    case 'pattern':
      return typeof value !== 'string' || searchPattern(String(wanted), value);
    case 'format':
      return typeof value !== 'string' || hasFormat(String(wanted), value);
    case 'minimum':
      return typeof value !== 'number' || value >= Number(wanted);
    case 'maximum':
      return typeof value !== 'number' || value <= Number(wanted);
    case 'minLength':
      return typeof value !== 'string' || [...value].length >= Number(wanted);
    case 'maxLength':
      return typeof value !== 'string' || [...value].length <= Number(wanted);
    case 'type':
      return isOfType(value, String(wanted));
    default:
      return true;
  }
}

function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}

function wordOf(condition: Json, word: string): Json | undefined {
  return typeof condition === 'object' && condition !== null && !Array.isArray(condition)
    ? (condition as Readonly<Record<string, Json>>)[word]
    : undefined;
}

/** `false` as soon as one is; undefined where one cannot be told and none is false. */
function all<T>(items: readonly T[], meetsOne: (item: T) => boolean | undefined): boolean | undefined {
  let unsure = false;
  for (const item of items) {
    const met = meetsOne(item);
    if (met === false) return false;
    if (met === undefined) unsure = true;
  }
  return unsure ? undefined : true;
}

function any<T>(items: readonly T[], meetsOne: (item: T) => boolean | undefined): boolean | undefined {
  let unsure = false;
  for (const item of items) {
    const met = meetsOne(item);
    if (met === true) return true;
    if (met === undefined) unsure = true;
  }
  return unsure ? undefined : false;
}
