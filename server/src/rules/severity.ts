import type { Problem, RuleMeta, Severity } from './rule.js';

export type World = 'open' | 'closed';
/** What `rules` may say of a rule, a category or a peer's code; `on` is the rule's own severity, also where the rule is off by default. */
export type SeveritySetting = Severity | 'on' | 'off';

const RANK: Readonly<Record<Severity, number>> = { error: 3, warning: 2, info: 1, hint: 0 };

/** Negative when `a` is worse than `b`. */
export function compareSeverity(a: Severity, b: Severity): number {
  return RANK[b] - RANK[a];
}

export function isAtLeast(severity: Severity, floor: Severity): boolean {
  return RANK[severity] >= RANK[floor];
}

/** What a problem is shown as, or undefined for not at all. */
export function severityOf(
  rule: Pick<RuleMeta, 'id' | 'severity' | 'category' | 'unseen' | 'offByDefault' | 'peers'>,
  problem: Pick<Problem, 'severity' | 'certainty' | 'peers'>,
  world: World,
  settings: Readonly<Record<string, SeveritySetting>>,
): Severity | undefined {
  const chosen = chosenSeverity(rule, problem, settings);
  if (chosen === 'off') return undefined;
  if (chosen === undefined && rule.offByDefault) return undefined;
  const asked = chosen === undefined || chosen === 'on' ? (problem.severity ?? rule.severity) : chosen;
  if (world === 'closed') return asked;
  switch (problem.certainty ?? 'proven') {
    case 'proven':
      return asked;
    case 'near':
    case 'owned':
      return isAtLeast(asked, 'warning') ? 'warning' : asked;
    case 'unseen':
      return rule.unseen === undefined || rule.unseen === 'off' ? undefined : rule.unseen;
  }
}

/** The most specific setting wins: rule, then peer code, then category. */
function chosenSeverity(
  rule: Pick<RuleMeta, 'id' | 'category' | 'peers'>,
  problem: Pick<Problem, 'peers'>,
  settings: Readonly<Record<string, SeveritySetting>>,
): SeveritySetting | undefined {
  const byRule = settings[rule.id];
  if (byRule !== undefined) return byRule;
  for (const peer of problem.peers ?? rule.peers ?? []) {
    const byPeer = settings[peer] ?? settings[peer.split(':')[0]!];
    if (byPeer !== undefined) return byPeer;
  }
  return settings[rule.category];
}
