import { Environment, type ParseResult } from '@marcbachmann/cel-js';
import type { Json, YamlMap, YamlNode } from '../yaml/node.js';
import { hasFormat, parseDuration } from './formats.js';
import { searchPattern } from './pattern.js';
import type { SchemaField } from './schemas.js';
import { isUnknown } from './unknown.js';

/** A value as CEL sees it: whole numbers are bigints, by what the schema says and not by how the number looks. */
export type CelValue = string | bigint | number | boolean | null | readonly CelValue[] | { readonly [key: string]: CelValue };

/**
 * Whether a CEL expression holds; undefined where that cannot be told offline: it compares with the object before the change, or calls what we
 * do not know. An expression that fails to evaluate does not hold, as on the API server.
 */
export function holds(expression: string, variables: Readonly<Record<string, CelValue>>): boolean | undefined {
  const { self } = variables;
  const known = self === undefined ? undefined : shortcutOf(expression)?.(self);
  if (known !== undefined) return known;
  const evaluate = compiledOf(expression);
  if (evaluate === undefined) return undefined;
  try {
    return evaluate(variables) === true;
  } catch (error) {
    return isUncheckable(error) ? undefined : false;
  }
}

/** The message that an expression makes; undefined where it fails, or makes none that is one line of text. */
export function messageBy(expression: string, variables: Readonly<Record<string, CelValue>>): string | undefined {
  try {
    const made: unknown = compiledOf(expression)?.(variables);
    return typeof made === 'string' && made.trim() !== '' && !/[\r\n]/.test(made) ? made.trim() : undefined;
  } catch {
    return undefined;
  }
}

/** `self.all(name, condition)` taken apart, so that what fails can be marked item by item. */
export function conditionOnAll(expression: string): { readonly name: string; readonly condition: string } | undefined {
  const parts = /^self\.all\((\w+), ?(.*)\)$/s.exec(expression);
  if (!parts || !isBalanced(parts[2]!)) return undefined;
  return { name: parts[1]!, condition: parts[2]! };
}

/** A node as CEL sees it, null values left out; undefined where a template makes up part of it. */
export function celValue(node: YamlNode, field: SchemaField): CelValue | undefined {
  switch (node.type) {
    case 'scalar': {
      if (isUnknown(node)) return undefined;
      if (typeof node.value === 'number' && field.type !== 'number' && Number.isInteger(node.value)) return BigInt(node.value);
      return node.value;
    }
    case 'list': {
      if (node.partial) return undefined;
      const items: CelValue[] = [];
      for (const item of node.items) {
        const value = celValue(item, field.item ?? field);
        if (value === undefined) return undefined;
        items.push(value);
      }
      return items;
    }
    case 'map': {
      if (node.partial) return undefined;
      const entries: [string, CelValue][] = [];
      for (const { key, keyOpaque, value } of node.entries) {
        if (keyOpaque) return undefined;
        const child = field.child(key);
        // What the schema does not describe, rules cannot see.
        if (child === undefined || (value.type === 'scalar' && value.value === null && !value.opaque)) continue;
        const seen = celValue(value, child);
        if (seen === undefined) return undefined;
        entries.push([field.type === 'object' ? escaped(key) : key, seen]);
      }
      for (const child of field.type === 'object' ? defaultedIn(field) : []) {
        const written = node.get(child.name);
        if (written === undefined || (written.type === 'scalar' && written.value === null && !written.opaque))
          entries.push([escaped(child.name), celDefault(child.facts.default!, child)]);
      }
      return Object.fromEntries(entries);
    }
  }
}

/** Fields of an object that have a value where nobody writes one. */
function defaultedIn(field: SchemaField): readonly SchemaField[] {
  let found = allDefaulted.get(field);
  if (found === undefined) allDefaulted.set(field, (found = field.fields.filter((it) => it.facts.default !== undefined)));
  return found;
}

const allDefaulted = new WeakMap<SchemaField, readonly SchemaField[]>();

/** A default as CEL sees it, with the defaults below it filled in. */
function celDefault(value: Json, field: SchemaField): CelValue {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => celDefault(item, field.item ?? field));
  if (typeof value === 'object' && value !== null) {
    const written = value as Readonly<Record<string, Json>>;
    const entries = Object.entries(written).flatMap(([key, inner]): [string, CelValue][] => {
      const child = field.child(key);
      return child === undefined ? [] : [[field.type === 'object' ? escaped(key) : key, celDefault(inner, child)]];
    });
    for (const child of field.type === 'object' ? field.fields : []) {
      if (child.facts.default !== undefined && !Object.hasOwn(written, child.name))
        entries.push([escaped(child.name), celDefault(child.facts.default, child)]);
    }
    return Object.fromEntries(entries);
  }
  return typeof value === 'number' && field.type !== 'number' && Number.isInteger(value) ? BigInt(value) : (value as CelValue);
}

const compiled = new Map<string, ParseResult | undefined>();
let shared: Environment | undefined;

function compiledOf(expression: string): ParseResult | undefined {
  if (!compiled.has(expression)) compiled.set(expression, compile(expression));
  return compiled.get(expression);
}

function compile(expression: string): ParseResult | undefined {
  if (/\boldSelf\b/.test(expression)) return undefined;
  const rewritten = expression
    // The library has no has() on an index, and its own matches() cannot be replaced.
    .replaceAll(/\bhas\((\w+(?:\.\w+)*\[\w+\])\.(\w+)\)/g, '$1.?$2.hasValue()')
    .replaceAll('.matches(', '.searches(')
    .replaceAll(/\bformat\.(\w+)\(\)\.validate\(/g, 'complaintOf("$1", ');
  try {
    const parsed = environment().parse(rewritten);
    return parsed.check().valid ? parsed : undefined;
  } catch {
    return undefined; // a construct that the library does not read
  }
}

/** Thrown by our functions for what JavaScript cannot decide. */
class Uncheckable extends Error {}

function isUncheckable(error: unknown): boolean {
  for (let it = error; it instanceof Error; it = it.cause) if (it instanceof Uncheckable) return true;
  return false;
}

class Address {
  constructor(readonly scheme: string) {}
}

function environment(): Environment {
  shared ??= new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false, enableOptionalTypes: true })
    .registerType('Address', Address)
    .registerFunction('url(string): Address', (text: string) => addressOf(text))
    .registerFunction('isURL(string): bool', (text: string) => isAddress(text))
    .registerFunction('Address.getScheme(): string', (address: Address) => address.scheme)
    .registerFunction('isIP(string): bool', (text: string) => hasFormat('ipv4', text) || hasFormat('ipv6', text))
    .registerFunction('complaintOf(string, string): dyn', (format: string, text: string) => {
      if (format !== 'dns1123Label') throw new Uncheckable(format);
      return text.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(text) ? null : 'no DNS label';
    })
    .registerFunction('string.searches(string): bool', (text: string, pattern: string) => {
      const found = searchPattern(pattern, text);
      if (found === undefined) throw new Uncheckable(pattern);
      return found;
    });
  return shared;
}

/** As Go's url.ParseRequestURI reads it: with a scheme, or an absolute path. */
function isAddress(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0020\u007f]/.test(text) || /%(?![0-9a-fA-F]{2})/.test(text)) return false;
  return text.startsWith('/') || /^[a-zA-Z][a-zA-Z0-9+.-]*:./.test(text);
}

function addressOf(text: string): Address {
  if (!isAddress(text)) throw new Error('no address');
  return new Address((/^([a-zA-Z][a-zA-Z0-9+.-]*):/.exec(text)?.[1] ?? '').toLowerCase());
}

const RESERVED = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(' '),
);

/** How CEL in Kubernetes calls a property whose name would not be one. */
function escaped(name: string): string {
  if (RESERVED.has(name)) return `__${name}__`;
  if (/^[a-zA-Z]+$/.test(name)) return name;
  return name.replaceAll('__', '__underscores__').replaceAll('.', '__dot__').replaceAll('-', '__dash__').replaceAll('/', '__slash__');
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text.replaceAll(/"[^"]*"|'[^']*'/g, '')) {
    if (character === '(') depth++;
    if (character === ')' && --depth < 0) return false;
  }
  return depth === 0;
}

const DURATION_BOUND = /^duration\(self\) (>=|>|<=|<) duration\('([^']+)'\)$/;

export interface DurationBound {
  readonly holds: (milliseconds: number) => boolean;
  readonly words: string;
}

/** The bound of the commonest expression, which needs no CEL: `duration(self) >= duration('1ms')`. */
export function durationBound(expression: string): DurationBound | undefined {
  if (!bounds.has(expression)) bounds.set(expression, readBound(expression));
  return bounds.get(expression);
}

const bounds = new Map<string, DurationBound | undefined>();

function readBound(expression: string): DurationBound | undefined {
  const parts = DURATION_BOUND.exec(expression);
  const bound = parts && parseDuration(parts[2]!);
  if (!parts || bound === undefined || bound === null) return undefined;
  switch (parts[1]) {
    case '>=':
      return { holds: (it) => it >= bound, words: `at least ${parts[2]}` };
    case '>':
      return { holds: (it) => it > bound, words: `more than ${parts[2]}` };
    case '<=':
      return { holds: (it) => it <= bound, words: `at most ${parts[2]}` };
    default:
      return { holds: (it) => it < bound, words: `less than ${parts[2]}` };
  }
}

/**
 * Whether an expression may say anything against a node. `has(self.mode) ? … : true` holds for a map without a mode, which then need not be
 * made into a value first.
 */
export function concerns(expression: string, node: YamlNode, field: SchemaField): boolean {
  if (node.type !== 'map') return true;
  if (!premises.has(expression)) premises.set(expression, readPremise(expression));
  return premises.get(expression)?.(node, field) ?? true;
}

/** Whether what an expression asks for first may be true of a map. */
type Premise = (map: YamlMap, field: SchemaField) => boolean;

const premises = new Map<string, Premise | undefined>();

const PREMISES: readonly (readonly [form: RegExp, make: (...parts: readonly string[]) => Premise])[] = [
  [/^has\(self\.([a-zA-Z]+)\)$/, (name) => (map, field) => mayHave(map, field, name!)],
  [
    /^\(has\(self\.([a-zA-Z]+)\) \|\| has\(self\.([a-zA-Z]+)\)\)$/,
    (one, other) => (map, field) => mayHave(map, field, one!) || mayHave(map, field, other!),
  ],
  [
    /^\(\(has\(self\.([a-zA-Z]+)\) \? self\.\1 : "(\w*)"\) == "(\w*)"\)$/,
    (name, otherwise, wanted) => (map, field) =>
      mayHave(map, field, name!) ? (map.get(name!)?.text() ?? wanted) === wanted : otherwise === wanted,
  ],
];

/** Of no item of a list that is not there anything is so. */
const NO_ITEM = /^!\(\(has\(self\.([a-zA-Z]+)\) \? self\.\1 : \[\]\)\.exists\((.*)\) && (.*)\)$/s;

function readPremise(expression: string): Premise | undefined {
  const noItem = NO_ITEM.exec(expression);
  if (noItem && isBalanced(noItem[2]!) && isBalanced(noItem[3]!)) return (map, field) => mayHave(map, field, noItem[1]!);
  const premise = premiseOf(expression);
  for (const [form, make] of PREMISES) {
    const parts = premise === undefined ? null : form.exec(premise);
    if (parts) return make(...parts.slice(1));
  }
  return undefined;
}

/** What stands before the question mark of `premise ? conclusion : true`; undefined for an expression of another form. */
function premiseOf(expression: string): string | undefined {
  if (!expression.endsWith(' : true') || expression.includes('\\')) return undefined;
  const masked = expression.replaceAll(/"[^"]*"|'[^']*'/g, (text) => '_'.repeat(text.length));
  let depth = 0;
  let mark: number | undefined;
  for (let i = 0; i < masked.length; i++) {
    const character = masked.charAt(i);
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    else if (character === '?' && depth === 0) {
      if (mark !== undefined) return undefined;
      mark = i;
    }
  }
  return mark === undefined ? undefined : expression.slice(0, mark).trim();
}

/** Whether a map has a value at a key, as CEL sees it. */
function mayHave(map: YamlMap, field: SchemaField, name: string): boolean {
  return map.entry(name) !== undefined || field.child(name)?.facts.default !== undefined;
}

/** What one of the commonest expressions says of a value; undefined where that is for CEL to say. */
type Shortcut = (self: CelValue) => boolean | undefined;

/** Expressions that need no CEL, which takes some fifty times as long. */
const SHORTCUTS: readonly (readonly [form: RegExp, make: (...parts: readonly string[]) => Shortcut])[] = [
  [/^!self\.contains\("([^"\\]+)"\)$/, (part) => (self) => (typeof self === 'string' ? !self.includes(part!) : undefined)],
  [/^self != "([^"\\]*)"$/, (text) => (self) => (typeof self === 'string' ? self !== text : undefined)],
  [/^self\.all\((\w+), ?!\1\.contains\("([^"\\]+)"\)\)$/, (_, part) => (self) => keysIn(self)?.every((key) => !key.includes(part!))],
  [/^self\.all\((\w+), ?\1\.size\(\) != 0\)$/, () => (self) => keysIn(self)?.every((key) => key !== '')],
  [
    /^self\.all\((\w+), self\.exists_one\((?!\1,)(\w+), \1\.(\w+) == \2\.\3\)\)$/,
    (_, __, field) => (self) => areDistinct(self, field!) || undefined,
  ],
];

function shortcutOf(expression: string): Shortcut | undefined {
  if (!shortcuts.has(expression)) shortcuts.set(expression, readShortcut(expression));
  return shortcuts.get(expression);
}

const shortcuts = new Map<string, Shortcut | undefined>();

function readShortcut(expression: string): Shortcut | undefined {
  for (const [form, make] of SHORTCUTS) {
    const parts = form.exec(expression);
    if (parts) return make(...parts.slice(1));
  }
  return undefined;
}

/** Keys of a map; undefined for other values. */
function keysIn(value: CelValue): readonly string[] | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : undefined;
}

/** Whether all items of a list surely have a field, and no two the same value in it; other lists are for the expression to judge. */
function areDistinct(list: CelValue, field: string): boolean {
  if (!Array.isArray(list)) return false;
  const values = (list as readonly CelValue[]).map((item) =>
    typeof item === 'object' && item !== null && Object.hasOwn(item, field)
      ? (item as { readonly [key: string]: CelValue })[field]
      : undefined,
  );
  // Equal numbers may be of two types.
  return (
    values.every((it) => typeof it === typeof values[0] && (typeof it === 'bigint' || typeof it === 'string')) &&
    new Set(values).size === values.length
  );
}
