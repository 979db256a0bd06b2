/** Amounts as Kubernetes writes them: `500m` of a CPU, `128Mi` of memory. */

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** Thousandths of a CPU; undefined for what is no amount. */
export function milliCpuOf(written: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(m?)$/.exec(written);
  return match ? Number(match[1]) * (match[2] === 'm' ? 1 : 1000) : undefined;
}

/** Bytes of memory; undefined for what is no amount. */
export function bytesOf(written: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([kMGT]|[KMGT]i|)$/.exec(written);
  return match ? Number(match[1]) * UNITS[match[2]!]! : undefined;
}

/** `2`, `1500m`. */
export function showCpu(milli: number): string {
  return milli % 1000 === 0 && milli !== 0 ? String(milli / 1000) : `${milli}m`;
}

/** `1Gi`, `1152Mi`: in the largest unit in which it is whole. */
export function showMemory(bytes: number): string {
  for (const unit of ['Gi', 'Mi', 'Ki'] as const) {
    const size = UNITS[unit]!;
    if (bytes % size === 0) return `${bytes / size}${unit}`;
  }
  return `${Math.round(bytes / 2 ** 20)}Mi`;
}
