import { celEnv, celFunc, celMethod, CelScalar, isCelError, parse, plan, type CelInput } from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import { Ajv, type ValidateFunction } from 'ajv';
import { isIP } from 'node:net';
import { RE2JS } from 're2js';
import type { Json } from '../../server/src/yaml/node.js';
import type { OpenApi } from './crds.js';

type JsonObject = Readonly<Record<string, Json>>;

/** What the API server would say against an object, by its CRD alone; undefined where it takes it. Nothing of ours is used. */
export type Judge = (object: Json) => string | undefined;

export function judgeOf(crd: OpenApi): Judge {
  const { status: _status, metadata: _metadata, ...own } = objectOf(crd['properties']);
  const schema: OpenApi = { ...crd, type: 'object', properties: { apiVersion: TEXT, kind: TEXT, metadata: ANY, ...own } };
  let accepts: ValidateFunction | undefined;
  return (object) => {
    accepts ??= ajv.compile(strict(schema) as OpenApi);
    const whole = defaulted(object, schema);
    if (!accepts(whole)) {
      const [error] = accepts.errors ?? [];
      return `AJV: ${error?.instancePath} ${error?.message} ${JSON.stringify(error?.params)}`;
    }
    return repeatedItem(whole, schema, '') ?? failedRule(whole, schema, '');
  };
}

const TEXT: OpenApi = { type: 'string' };
const ANY: OpenApi = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

/** Nulls removed and defaults filled in, from the outside in. */
function defaulted(value: Json, schema: OpenApi): Json {
  if (Array.isArray(value)) {
    const items = objectOrUndefined(schema['items']);
    return items === undefined ? value : (value as readonly Json[]).map((item) => defaulted(item, items));
  }
  if (typeof value !== 'object' || value === null) return value;
  const properties = objectOf(schema['properties']);
  const free = objectOrUndefined(schema['additionalProperties']);
  const result: Record<string, Json> = {};
  for (const [key, inner] of Object.entries(value as JsonObject)) {
    const child = objectOrUndefined(Object.hasOwn(properties, key) ? properties[key] : free);
    if (child === undefined) result[key] = inner;
    else if (inner === null && child['nullable'] !== true) {
      if (child['default'] !== undefined) result[key] = defaulted(child['default'], child);
    } else result[key] = defaulted(inner, child);
  }
  for (const [key, child] of Object.entries(properties)) {
    const fallback = objectOf(child)['default'];
    if (fallback !== undefined && !Object.hasOwn(result, key)) result[key] = defaulted(fallback, child as OpenApi);
  }
  return result;
}

const ajv = new Ajv({
  strict: false,
  allErrors: false,
  code: {
    regExp: Object.assign(
      (pattern: string) => {
        const compiled = RE2JS.compile(pattern);
        return { test: (text: string) => compiled.matcher(text).find(), toString: () => pattern }; // AJV tells them apart by their text
      },
      { code: '' },
    ),
  },
});
const within = (least: number, most: number) => ({ type: 'number' as const, validate: (it: number) => it >= least && it <= most });
ajv.addFormat('int32', within(-(2 ** 31), 2 ** 31 - 1));
ajv.addFormat('int64', within(-(2 ** 63), 2 ** 63));
ajv.addFormat('float', within(-3.5e38, 3.5e38));
ajv.addFormat('double', true);
ajv.addFormat('idn-hostname', true);
ajv.addFormat('date-time', (text: string) => {
  const [, date = '', time = ''] = /^(\d{4}-\d{2}-\d{2})T(.*)$/i.exec(text) ?? [];
  const [, hours = '99', minutes = '99', seconds = '99'] = /^(\d{2}):(\d{2}):(\d{2})(?:.\d+)?(?:z|[+-]\d{2}:\d{2})$/i.exec(time) ?? [];
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date) && hours <= '23' && minutes <= '59' && seconds <= '59';
});
ajv.addFormat('byte', (text: string) => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text));
ajv.addFormat('ipv4', (text: string) => isIP(text) === 4);
ajv.addFormat('ipv6', (text: string) => isIP(text) === 6);
ajv.addFormat('cidr', (text: string) => {
  const [address = '', bits = '', ...rest] = text.split('/');
  const kind = isIP(address);
  return rest.length === 0 && kind !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (kind === 4 ? 32 : 128);
});
ajv.addFormat('duration', (text: string) => /^[+-]?0$/.test(text) || goDuration.test(text) || wordDuration.test(text));
const goDuration = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/;
const wordDuration =
  /\d+\s*(?:nano[a-z]*|ns|micro[a-z]*|us|µs|milli[a-z]*|ms|sec[a-z]*|s|min[a-z]*|m|hr|hour[a-z]*|h|day[a-z]*|d|week[a-z]*|w)(?![a-z])/i;

/** The words of the CRD as AJV understands them: fields that it does not list are refused. */
function strict(node: Json): Json {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) return node;
  const { properties, items, additionalProperties, nullable, ...rest } = node as JsonObject;
  const isOpen = rest['x-kubernetes-preserve-unknown-fields'] === true;
  const words = Object.fromEntries(
    Object.entries(rest).filter(([key]) => !key.startsWith('x-') && key !== 'description' && key !== 'default'),
  );
  if (rest['x-kubernetes-int-or-string'] === true && words['anyOf'] === undefined) words['type'] = ['integer', 'string'];
  const isClosed = words['type'] === 'object' && !isOpen && (typeof additionalProperties !== 'object' || additionalProperties === null);
  const result: JsonObject = {
    ...words,
    ...(properties !== undefined && {
      properties: Object.fromEntries(Object.entries(objectOf(properties)).map(([key, value]) => [key, strict(value)])),
    }),
    ...(isClosed && additionalProperties !== true && { additionalProperties: false }),
    ...(typeof additionalProperties === 'object' &&
      additionalProperties !== null && { additionalProperties: strict(additionalProperties) }),
    ...(items !== undefined && { items: strict(items) }),
  };
  return nullable === true ? { anyOf: [{ type: 'null' }, result] } : result;
}

/** Lists that are sets or maps. */
function repeatedItem(value: Json, schema: OpenApi, at: string): string | undefined {
  if (Array.isArray(value)) {
    const items = objectOf(schema['items']);
    const keys = schema['x-kubernetes-list-map-keys'];
    const isSet = schema['x-kubernetes-list-type'] === 'set';
    if (isSet || schema['x-kubernetes-list-type'] === 'map') {
      const seen = new Set<string>();
      for (const item of value as readonly Json[]) {
        const identity = JSON.stringify(
          isSet ? sorted(item) : (keys as readonly string[]).map((key) => sorted(objectOf(item)[key] ?? null)),
        );
        if (seen.has(identity)) return `${at}: Duplicate value: ${identity}`;
        seen.add(identity);
      }
    }
    return firstOf(value as readonly Json[], (item, i) => repeatedItem(item, items, `${at}[${i}]`));
  }
  return firstOf(Object.entries(objectOf(value)), ([key, inner]) => repeatedItem(inner, childOf(schema, key), `${at}.${key}`));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** Rules in CEL, at each value that is there. */
function failedRule(value: Json, schema: OpenApi, at: string): string | undefined {
  if (value === null) return undefined;
  for (const branch of [schema, ...listOf(schema['allOf']).map(objectOf)]) {
    for (const validation of listOf(branch['x-kubernetes-validations']).map(objectOf)) {
      const rule = String(validation['rule']);
      if (/\boldSelf\b/.test(rule)) continue;
      const failure = evaluate(rule, celValue(value, schema));
      if (failure !== undefined) return `CEL: ${at}: ${rule.trim()} (${failure})`;
    }
  }
  if (Array.isArray(value))
    return firstOf(value as readonly Json[], (item, i) => failedRule(item, objectOf(schema['items']), `${at}[${i}]`));
  return firstOf(Object.entries(objectOf(value)), ([key, inner]) => failedRule(inner, childOf(schema, key), `${at}.${key}`));
}

const { STRING, BOOL, DYN } = CelScalar;
const isUrl = (text: string): boolean =>
  // eslint-disable-next-line no-control-regex
  !/[\u0000-\u0020\u007f]/.test(text) && !/%(?![0-9a-f]{2})/i.test(text) && /^(?:\/|[a-z][a-z0-9+.-]*:.)/i.test(text);
const environment = celEnv({
  funcs: [
    ...strings,
    celFunc('isURL', [STRING], BOOL, isUrl),
    celFunc('url', [STRING], STRING, (text) => {
      if (!isUrl(text)) throw new Error('no URL');
      return text;
    }),
    celMethod('getScheme', STRING, [], STRING, function () {
      return (/^([a-z][a-z0-9+.-]*):/i.exec(this)?.[1] ?? '').toLowerCase();
    }),
    celFunc('isIP', [STRING], BOOL, (text) => isIP(text) !== 0 && !text.includes('%') && !/^::ffff:[\d.]+$/i.test(text)),
    celFunc('format.dns1123Label', [], STRING, () => 'dns1123Label'),
    celMethod('validate', STRING, [STRING], DYN, (text) =>
      text.length <= 63 && /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/.test(text) ? null : text,
    ),
  ],
});
const plans = new Map<string, (variables: { self: CelInput }) => unknown>();

/** Why a rule does not hold. */
function evaluate(rule: string, self: CelInput): string | undefined {
  let planned = plans.get(rule);
  if (planned === undefined) plans.set(rule, (planned = plan(environment, parse(rule)) as (variables: { self: CelInput }) => unknown));
  try {
    const result = planned({ self });
    if (isCelError(result)) return result.message;
    return result === true ? undefined : 'false';
  } catch (error) {
    return String(error);
  }
}

/** By what the schema says, not by how a value looks. */
function celValue(value: Json, schema: OpenApi): CelInput {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => celValue(item, objectOf(schema['items'])));
  if (typeof value === 'object' && value !== null) {
    const properties = objectOrUndefined(schema['properties']);
    return new Map(
      Object.entries(value as JsonObject).flatMap(([key, inner]): [string, CelInput][] => {
        const child = properties === undefined ? objectOrUndefined(schema['additionalProperties']) : objectOrUndefined(properties[key]);
        return child === undefined || isOpaque(child) ? [] : [[properties === undefined ? key : escaped(key), celValue(inner, child)]];
      }),
    );
  }
  return typeof value === 'number' && schema['type'] !== 'number' && Number.isInteger(value) ? BigInt(value) : value;
}

function isOpaque(schema: OpenApi): boolean {
  return schema['type'] === undefined && schema['x-kubernetes-int-or-string'] !== true && schema['properties'] === undefined;
}

const RESERVED =
  /^(true|false|null|in|as|break|const|continue|else|for|function|if|import|let|loop|package|namespace|return|var|void|while)$/;

function escaped(name: string): string {
  if (RESERVED.test(name)) return `__${name}__`;
  return name.replaceAll('__', '__underscores__').replaceAll('.', '__dot__').replaceAll('-', '__dash__').replaceAll('/', '__slash__');
}

function childOf(schema: OpenApi, key: string): OpenApi {
  const properties = objectOf(schema['properties']);
  return objectOf(Object.hasOwn(properties, key) ? properties[key] : schema['additionalProperties']);
}

function firstOf<T>(items: readonly T[], find: (item: T, index: number) => string | undefined): string | undefined {
  for (const [i, item] of items.entries()) {
    const found = find(item, i);
    if (found !== undefined) return found;
  }
  return undefined;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function objectOrUndefined(value: Json | undefined): OpenApi | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as OpenApi) : undefined;
}

function objectOf(value: Json | undefined): OpenApi {
  return objectOrUndefined(value) ?? {};
}
