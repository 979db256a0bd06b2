import type { YamlMap } from '../yaml/node.js';

/** Labels in one comparable form: pairs sorted by key. */
export type Labels = Readonly<Record<string, string>>;

/** Equality selector: every pair must be among the labels. An empty selector matches everything. */
export function selects(selector: Labels, labels: Labels): boolean {
  for (const key of Object.keys(selector)) if (!Object.hasOwn(labels, key) || labels[key] !== selector[key]) return false;
  return true;
}

/** `app=cart,version=v2`: pairs sorted by key, as tools of the field print them. */
export function selectorText(selector: Labels): string {
  return Object.keys(selector)
    .sort()
    .map((key) => `${key}=${selector[key]}`)
    .join(',');
}

/** The labels of a selector in that text form. */
export function parseSelector(text: string): Labels {
  if (text === '') return {};
  return Object.fromEntries(text.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const));
}

export function toLabels(texts: ReadonlyMap<string, string>): Labels {
  // Asked for again and again: pairs that are only made to be taken apart show.
  const labels: Record<string, string> = {};
  const keys = [...texts.keys()];
  // Most have one label or two, which mostly stand in order.
  if (keys.length > 2 || keys[0]! > keys[1]!) keys.sort();
  for (const key of keys) put(labels, key, texts.get(key)!);
  return labels;
}

/** Labels that a map states; what a template fills in is left out. */
export function labelsIn(map: YamlMap | undefined): Labels {
  const labels: Record<string, string> = {};
  if (map === undefined) return labels;
  const { entries } = map;
  const areSorted = entries.every(({ key }, i) => i === 0 || entries[i - 1]!.key <= key);
  for (const { key, keyOpaque, value } of areSorted ? entries : [...entries].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))) {
    const text = keyOpaque ? undefined : value.text();
    if (text !== undefined) put(labels, key, text);
  }
  return labels;
}

function put(labels: Record<string, string>, key: string, value: string): void {
  if (key === '__proto__') Object.defineProperty(labels, key, { value, enumerable: true, configurable: true, writable: true });
  else labels[key] = value;
}
