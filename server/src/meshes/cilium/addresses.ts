/** A range of addresses. */
export interface Prefix {
  readonly family: 4 | 6;
  readonly address: bigint;
  readonly length: number;
}

/** `10.0.0.0/8`; undefined for anything else. */
export function prefixIn(text: string): Prefix | undefined {
  const slash = text.indexOf('/');
  const length = /^\d{1,3}$/.test(text.slice(slash + 1)) ? Number(text.slice(slash + 1)) : -1;
  const address = slash < 0 ? undefined : addressIn(text.slice(0, slash));
  if (address === undefined || length < 0 || length > bitsOf(address.family)) return undefined;
  return { ...address, length };
}

/** A plain address as the range of it alone. */
export function addressIn(text: string): Prefix | undefined {
  const four = fourIn(text);
  if (four !== undefined) return { family: 4, address: four, length: 32 };
  const six = sixIn(text);
  return six === undefined ? undefined : { family: 6, address: six, length: 128 };
}

/** Whether every address of `inner` is in `outer`. */
export function contains(outer: Prefix, inner: Prefix): boolean {
  if (outer.family !== inner.family || inner.length < outer.length) return false;
  const shift = BigInt(bitsOf(outer.family) - outer.length);
  return outer.address >> shift === inner.address >> shift;
}

function bitsOf(family: 4 | 6): number {
  return family === 4 ? 32 : 128;
}

function fourIn(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((it) => /^(0|[1-9]\d{0,2})$/.test(it) && Number(it) <= 255)) return undefined;
  return parts.reduce((sum, it) => sum * 256n + BigInt(it), 0n);
}

function sixIn(text: string): bigint | undefined {
  let written = text;
  const last = /[^:]*$/.exec(text)![0];
  if (last.includes('.')) {
    const four = fourIn(last);
    if (four === undefined) return undefined;
    written = `${text.slice(0, -last.length)}${(four >> 16n).toString(16)}:${(four & 0xffffn).toString(16)}`;
  }
  const halves = written.split('::');
  if (halves.length > 2) return undefined;
  const groups = (half: string | undefined): readonly string[] => (half === undefined || half === '' ? [] : half.split(':'));
  const [front, back] = [groups(halves[0]), groups(halves[1])];
  const missing = 8 - front.length - back.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...front, ...Array.from({ length: missing }, () => '0'), ...back];
  if (!all.every((it) => /^[0-9a-fA-F]{1,4}$/.test(it))) return undefined;
  return all.reduce((sum, it) => sum * 65536n + BigInt(`0x${it}`), 0n);
}
