import { toJson } from '../yaml/json.js';
import { YamlScalar, type Json, type YamlEntry, type YamlNode } from '../yaml/node.js';
import { parseDocument } from '../yaml/parse.js';
import { resolvePlain } from '../yaml/scalar.js';
import { splitDocuments } from '../yaml/split.js';
import { entryWith, withEntries, withItems } from './kustomize/tree.js';

/** What simple paths of a chart's templates stand for, as far as files tell. */
export interface HelmValues {
  readonly values: Json;
  readonly chart: Json;
  /** Where something says where the chart goes. */
  readonly namespace: string | undefined;
  /** Equal for values that say the same. */
  readonly key: string;
}

/** Values of a chart, those of later texts over those of earlier ones. */
export function helmValues(chart: string, texts: readonly string[], namespace: string | undefined): HelmValues {
  return {
    values: texts.map(readJson).reduce(laidOver, {}),
    chart: readJson(chart),
    namespace,
    key: JSON.stringify([chart, texts, namespace]),
  };
}

/** Values of a chart within another, which may say others; undefined where it is there under other names. */
export function subchartValues(
  outer: HelmValues | undefined,
  name: string,
  chart: string,
  own: string | undefined,
): HelmValues | undefined {
  const { values = {}, namespace, chart: outerChart = {} } = outer ?? {};
  const dependencies = isMap(outerChart) ? outerChart['dependencies'] : undefined;
  const isAliased = (it: Json): boolean => isMap(it) && it['name'] === name && it['alias'] !== undefined;
  if (Array.isArray(dependencies) && (dependencies as readonly Json[]).some(isAliased)) return undefined;
  const above = isMap(values) && Object.hasOwn(values, name) ? values[name]! : {};
  const shared = isMap(values) && Object.hasOwn(values, 'global') ? { global: values['global']! } : {};
  const merged = [own === undefined ? {} : readJson(own), above, shared].reduce(laidOver, {});
  return { values: merged, chart: readJson(chart), namespace, key: JSON.stringify([chart, merged, namespace]) };
}

function readJson(text: string): Json {
  const root = parseDocument(splitDocuments(text)[0]!.text).root;
  return root === undefined ? {} : toJson(root);
}

function laidOver(below: Json, above: Json): Json {
  if (!isMap(below) || !isMap(above)) return above;
  const merged: Record<string, Json> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const under = Object.hasOwn(merged, key) ? merged[key] : undefined;
    merged[key] = under === undefined ? value : laidOver(under, value);
  }
  return merged;
}

function isMap(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A template with simple paths filled in: `{{ .Values.host }}`, with `quote` or `default` behind it, alone or within a text. What
 * else a template says, and what no file tells, stays unknown.
 */
export function filled<N extends YamlNode>(node: N, values: HelmValues): N;
export function filled(node: YamlNode, values: HelmValues): YamlNode {
  switch (node.type) {
    case 'scalar':
      return node.opaque && typeof node.value === 'string' ? (filledScalar(node, node.value, values) ?? node) : node;
    case 'list': {
      const items = node.items.map((it) => filled(it, values));
      return items.every((it, i) => it === node.items[i]) ? node : withItems(node, items);
    }
    case 'map': {
      const entries = node.entries.map((it): YamlEntry => {
        const value = filled(it.value, values);
        return value === it.value ? it : entryWith(it, value);
      });
      return entries.every((it, i) => it === node.entries[i]) ? node : withEntries(node, entries);
    }
  }
}

const ACTION =
  /\{\{-?\s*\.(Values|Release|Chart)((?:\.\w+)+)((?:\s*\|\s*(?:quote|squote|toString|trim|default\s+(?:"[^"{}]*"|[\w.-]+)))*)\s*-?\}\}/g;

function filledScalar({ start, end, style }: YamlScalar, written: string, values: HelmValues): YamlScalar | undefined {
  let isQuoted = style !== 'plain';
  let isKnown = true;
  const text = written.replace(ACTION, (_, root: string, path: string, pipes: string) => {
    let value = valueAt(root, path.slice(1).split('.'), values);
    for (const pipe of pipes.split('|').map((it) => it.trim())) {
      const byDefault = /^default\s+"?(.*?)"?$/.exec(pipe)?.[1];
      if (byDefault !== undefined && (value === undefined || value === '' || value === false || value === 0)) value = byDefault;
      if (/^s?quote$|^toString$/.test(pipe)) isQuoted = true;
    }
    // Nothing is the sign of a value that everybody has to give.
    if (value === undefined || value === '') isKnown = false;
    return String(value);
  });
  if (!isKnown || text.includes('{{') || /\$[{(]/.test(text)) return undefined;
  return new YamlScalar(start, end, isQuoted ? text : resolvePlain(text), style === 'plain' ? 'plain' : style, false);
}

function valueAt(root: string, steps: readonly string[], { values, chart, namespace }: HelmValues): string | number | boolean | undefined {
  if (root === 'Release') return steps.join('.') === 'Namespace' ? namespace : undefined;
  let found: Json | undefined = root === 'Values' ? values : chart;
  for (const step of steps) {
    // Fields of `.Chart` are written with a capital letter in templates.
    const key = root === 'Chart' ? step.charAt(0).toLowerCase() + step.slice(1) : step;
    found = isMap(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  }
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? found : undefined;
}
