const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration as annotations of retries, timeouts and breakers write it: one whole number and one unit. Undefined for others. */
export function parseLinkerdDuration(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^0+$/.test(trimmed)) return 0;
  const parts = /^(\d+)(ms|s|m|h|d)$/.exec(trimmed);
  return parts ? Number(parts[1]) * UNITS[parts[2]!]! : undefined;
}

/** A duration that Linkerd reads and that says what was written; undefined where nobody can tell. */
export function repairedDuration(text: string): string | undefined {
  const trimmed = text.trim();
  if (/^\d+$/.test(trimmed)) return `${trimmed}s`;
  const parts = [...trimmed.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (parts.length === 0 || parts.map((it) => it[0]).join('') !== trimmed) return undefined;
  const milliseconds = parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit!]!, 0);
  if (!Number.isInteger(milliseconds)) return undefined;
  return milliseconds % 1000 === 0 ? `${milliseconds / 1000}s` : `${milliseconds}ms`;
}
