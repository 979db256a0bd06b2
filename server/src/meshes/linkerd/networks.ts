import { hasFormat } from '../../schema/formats.js';

/** A block of addresses: the first one as a number, and how many leading bits they share. */
export interface Network {
  readonly bits: 32 | 128;
  readonly prefix: number;
  readonly address: bigint;
}

/** An address or a range of them; bits below the prefix may be set. Undefined for anything else. */
export function parseNetwork(text: string): Network | undefined {
  const [written = '', prefixText, ...more] = text.split('/');
  if (more.length > 0) return undefined;
  const isV4 = hasFormat('ipv4', written);
  if (!isV4 && !hasFormat('ipv6', written)) return undefined;
  const bits = isV4 ? 32 : 128;
  if (prefixText !== undefined && (!/^\d{1,3}$/.test(prefixText) || Number(prefixText) > bits)) return undefined;
  const prefix = prefixText === undefined ? bits : Number(prefixText);
  const value = isV4 ? v4(written) : v6(written);
  const host = BigInt(bits - prefix);
  return { bits, prefix, address: (value >> host) << host };
}

/** Whether every address of `inner` is one of `outer`. */
export function contains(outer: Network, inner: Network): boolean {
  if (outer.bits !== inner.bits || outer.prefix > inner.prefix) return false;
  const host = BigInt(outer.bits - outer.prefix);
  return outer.address >> host === inner.address >> host;
}

/** Blocks share addresses only where one holds the other. */
export function intersect(a: Network, b: Network): boolean {
  return contains(a, b) || contains(b, a);
}

function v4(text: string): bigint {
  return text.split('.').reduce((sum, part) => (sum << 8n) | BigInt(part), 0n);
}

function v6(text: string): bigint {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  const last = dotted ? v4(dotted[2]!) : undefined;
  const whole = last === undefined ? text : `${dotted![1]!}${(last >> 16n).toString(16)}:${(last & 0xffffn).toString(16)}`;
  const [front = '', back] = whole.split('::');
  const head = front === '' ? [] : front.split(':');
  const tail = back === undefined || back === '' ? [] : back.split(':');
  const groups = back === undefined ? head : [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  return groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}
