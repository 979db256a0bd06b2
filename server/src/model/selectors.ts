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
  for (const key of keys) {
    if (key === '__proto__')
      Object.defineProperty(labels, key, { value: texts.get(key)!, enumerable: true, configurable: true, writable: true });
    else labels[key] = texts.get(key)!;
  }
  return labels;
}
