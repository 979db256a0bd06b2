import type { Case, Expectation } from './corpus.js';

/** A diagnostic as the command line prints it in JSON. */
export interface Reported {
  readonly rule: string;
  readonly peers: readonly string[];
  readonly severity: string;
  readonly category: string;
  readonly message: string;
  readonly resource?: { readonly kind: string; readonly namespace: string | null; readonly name: string };
}

export interface Verdict {
  readonly missing: readonly Expectation[];
  readonly extra: readonly Reported[];
}

/**
 * Holds what was reported against what a case expects. Every expectation takes a diagnostic of its own, and none with a judged code may
 * be left over. `SCHEMA` stands for whatever the API server or a webhook refuses; of that, a resource has some or none.
 */
export function judge(it: Case, reported: readonly Reported[]): Verdict {
  const judged = new Set(it.judged);
  let left = reported.flatMap((diagnostic) =>
    [...codesOf(diagnostic)].filter((code) => judged.has(code)).map((code) => ({ diagnostic, code })),
  );
  const missing: Expectation[] = [];
  // What is certain takes first, so that an optional expectation takes nothing away from it.
  for (const expectation of [...it.expect].sort((a, b) => Number(a.optional ?? false) - Number(b.optional ?? false))) {
    const fits = left.filter(({ diagnostic, code }) => code === expectation.code && isAbout(diagnostic, expectation));
    if (fits.length === 0) {
      if (!expectation.optional) missing.push(expectation);
      continue;
    }
    const taken = new Set(it.compare === 'set' || expectation.code === 'SCHEMA' ? fits : fits.slice(0, 1));
    left = left.filter((candidate) => !taken.has(candidate));
  }
  return { missing, extra: left.map((it) => it.diagnostic) };
}

/** Every code that a diagnostic bears; `IST0101:host` is `IST0101` too. */
function codesOf({ rule, peers, severity, category }: Reported): ReadonlySet<string> {
  const refused = severity === 'error' && (category === 'schema' || category === 'syntax' || peers.includes('IST0106'));
  return new Set([rule, ...peers, ...(refused ? ['SCHEMA'] : [])].flatMap((code) => [code, code.split(':')[0]!]));
}

function isAbout({ resource }: Reported, { kind, namespace, name }: Expectation): boolean {
  if (kind && resource?.kind !== kind) return false;
  if (name && resource?.name !== name) return false;
  // A resource that leaves its namespace out may be in any.
  return !namespace || !resource?.namespace || resource.namespace === namespace;
}
