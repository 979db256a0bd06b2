import { allRules as rulesOf } from '../../features/settings-file.js';
import { meshes } from '../../meshes/index.js';
import { rulePage, rulesNamed } from '../../rules/page.js';
import type { RuleMeta } from '../../rules/rule.js';
import { nearest } from '../../text/nearest.js';
import { say, type Io } from './io.js';

/** Every rule there is, those of the YAML reader and of schemas too. */
export function allRules(): readonly RuleMeta[] {
  return rulesOf(meshes);
}

/** Prints the pages of the rules that a name means. */
export function explain(name: string, io: Io): number {
  const rules = allRules();
  const found = rulesNamed(rules, name);
  if (found.length === 0) {
    const like = nearestRule(name, rules);
    say(io, `no rule or code "${name}"${like === undefined ? '' : ` (there is "${like}")`}`);
    return 2;
  }
  io.stdout.write(found.map(rulePage).join('\n'));
  return 0;
}

/** A rule that is meant by a misspelled id, or by one without its system. */
export function nearestRule(name: string, rules: readonly RuleMeta[]): string | undefined {
  const last = rules.find((it) => it.id.endsWith(`/${name}`))?.id;
  return (
    last ??
    nearest(
      name,
      rules.flatMap((it) => [it.id, ...(it.peers ?? [])]),
      3,
    )
  );
}
