import type { Problem } from '../../../rules/rule.js';
import { hasFormat, parseDuration } from '../../../schema/formats.js';
import type { Range } from '../../../text/range.js';
import type { YamlNode } from '../../../yaml/node.js';
import { hasOpaque } from '../../kubernetes/fields.js';

/** What validators yield: problems that all are the admission webhook's refusals. */
export type Violations = Iterable<Problem>;

/** Whether a template may add to a value, so that nothing is missing from it. */
export function isHidden(node: YamlNode | undefined): boolean {
  if (node === undefined) return false;
  if (node.type === 'scalar') return node.opaque;
  return node.partial || (node.type === 'map' && node.entries.some((it) => it.keyOpaque));
}

/** The place to show for something of a map that is wrong as a whole: its key in what holds it, else the first key of an item. */
export function headOf(parent: YamlNode | undefined, key: string, node?: YamlNode): Range {
  const entry = parent?.type === 'map' ? parent.entry(key) : undefined;
  if (entry !== undefined) return entry.keyRange;
  if (parent?.type === 'map') return parent.entries[0]?.keyRange ?? parent;
  return node ?? parent ?? { start: 0, end: 0 };
}

/** The map at a key has to hold one of some fields; `isRequired` says that it has to be there itself. */
export function* needsOne(parent: YamlNode | undefined, key: string, fields: readonly string[], isRequired = false): Violations {
  if (parent === undefined || isHidden(parent)) return;
  const node = parent.has(key) ? parent.get(key) : undefined;
  if (node === undefined ? !isRequired : isHidden(node) || node.type !== 'map' || fields.some((it) => node.has(it))) return;
  yield { at: headOf(parent, key), message: `"${key}" needs ${alternatives(fields)}.` };
}

export function* needs(parent: YamlNode | undefined, key: string, holder: string, field: string): Violations {
  if (parent === undefined || isHidden(parent)) return;
  const node = key === '' ? parent : parent.get(key);
  if (node === undefined || isHidden(node) || node.has(field) || node.type !== 'map') return;
  yield { at: key === '' ? headOf(node, '') : headOf(parent, key), message: `"${holder}" needs "${field}".` };
}

/** A field that may not stand here. */
export function* forbids(parent: YamlNode | undefined, field: string, because: string): Violations {
  if (parent?.type !== 'map' || !parent.has(field)) return;
  yield { at: parent.entry(field)!.keyRange, message: `"${field}" ${because}.` };
}

/** A number, or a decimal written as text, above a floor or at it, and below a ceiling. */
export function* number(
  node: YamlNode | undefined,
  limits: { readonly above?: number; readonly least?: number; readonly most?: number },
): Violations {
  if (node === undefined || isHidden(node) || node.type !== 'scalar' || node.value === null) return;
  const value = numberIn(node);
  if (value === undefined) {
    if (typeof node.value === 'string') yield { at: node, message: `"${node.value}" is no number.` };
    return;
  }
  if (limits.above !== undefined && value <= limits.above)
    yield { at: node, message: `It takes a number above ${limits.above}, not ${value}.` };
  else if (limits.least !== undefined && value < limits.least)
    yield {
      at: node,
      message:
        limits.most === undefined
          ? `It takes a number from ${limits.least} on, not ${value}.`
          : `It takes a number from ${limits.least} to ${limits.most}, not ${value}.`,
    };
  else if (limits.most !== undefined && value > limits.most)
    yield { at: node, message: `It takes a number from ${limits.least ?? 0} to ${limits.most}, not ${value}.` };
}

export function numberIn(node: YamlNode | undefined): number | undefined {
  const written = node?.number();
  if (written !== undefined) return written;
  const text = node?.text();
  return text !== undefined && /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : undefined;
}

export const PERCENT = { least: 0, most: 100 } as const;
export const POSITIVE = { above: 0 } as const;
export const PORT = { least: 1, most: 65535 } as const;

/** A duration as Go writes it, above a floor (in milliseconds) or at zero. */
export function* duration(node: YamlNode | undefined, limit: { readonly above?: number; readonly least?: number }): Violations {
  const text = node?.text();
  if (node === undefined || text === undefined) return;
  const time = parseDuration(text);
  if (time === undefined) yield { at: node, message: `"${text}" is no duration such as 10s or 1m30s.` };
  else if (limit.above !== undefined && time <= limit.above)
    yield { at: node, message: `It takes a duration above ${limit.above === 0 ? '0' : `${limit.above}ms`}, not ${text}.` };
  else if (limit.least !== undefined && time < limit.least) yield { at: node, message: `It takes a duration that is not negative.` };
}

export function* oneOfWords(node: YamlNode | undefined, words: readonly string[]): Violations {
  const text = node?.text();
  if (node === undefined || text === undefined || words.includes(text)) return;
  yield { at: node, message: `"${text}" is none of ${words.join(', ')}.` };
}

/** `"a" or "b"`, with up to five names. */
export function alternatives(names: readonly string[]): string {
  const quoted = names.map((it) => `"${it}"`);
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)!}`;
}

/** Texts of a list; undefined where a template fills in some of it. */
export function knownTexts(node: YamlNode | undefined): readonly string[] | undefined {
  if (node === undefined) return [];
  if (hasOpaque(node) || node.type !== 'list') return undefined;
  return node.items.flatMap((it) => it.text() ?? []);
}

export function isIp(text: string): boolean {
  return hasFormat('ipv4', text) || hasFormat('ipv6', text);
}

/** A DNS name in lower case. */
export function isDnsName(text: string): boolean {
  return text.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(text);
}

/** An address as Kuma takes it for endpoints: an IP, or a DNS name in any case. */
export function isAddress(text: string): boolean {
  return (
    isIp(text) ||
    (text.length <= 255 && /^[a-zA-Z0-9_]([-a-zA-Z0-9_]*[a-zA-Z0-9_])?(\.[a-zA-Z0-9_]([-a-zA-Z0-9_]*[a-zA-Z0-9_])?)*\.?$/.test(text))
  );
}

export function* address(node: YamlNode | undefined): Violations {
  const text = node?.text();
  if (node !== undefined && text !== undefined && text !== '' && !isAddress(text))
    yield { at: node, message: `"${text}" is no IP address and no DNS name.` };
}

/** Scheme, host and what follows of an address of the web; undefined for what is none. */
export function urlParts(
  text: string,
): { readonly scheme: string; readonly host: string; readonly port: string | undefined; readonly rest: string } | undefined {
  const match = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\/(\[[0-9a-fA-F:.]+\]|[^\s/?#:@]+)(?::(\d*))?([/?#]\S*)?$/.exec(text);
  return match ? { scheme: match[1]!, host: match[2]!, port: match[3], rest: match[4] ?? '' } : undefined;
}
