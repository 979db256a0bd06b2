import type { Range } from '../text/range.js';
import type { YamlNode } from './node.js';

/** Where part of a scalar's value stands in the document; the whole scalar where escapes or folded lines hide that. */
export function partOf(node: YamlNode, start: number, end: number): Range {
  const whole = { start: node.start, end: node.end };
  const value = node.type === 'scalar' ? node.value : undefined;
  if (node.type !== 'scalar' || typeof value !== 'string') return whole;
  const doubled = node.style === 'single' ? /'/ : node.style === 'double' ? /[\\"]/ : undefined;
  const quotes = doubled === undefined ? 0 : 1;
  // With each letter's width as it has to be written, the parts must add up to what stands there.
  const widths = Array.from({ length: value.length }, (_, i) => (doubled?.test(value.charAt(i)) === true ? 2 : 1));
  const width = (from: number, to: number): number => widths.slice(from, to).reduce((sum, it) => sum + it, 0);
  if (node.style === 'block' || node.end - node.start !== width(0, widths.length) + 2 * quotes) return whole;
  const at = node.start + quotes + width(0, start);
  return { start: at, end: at + width(start, end) };
}
