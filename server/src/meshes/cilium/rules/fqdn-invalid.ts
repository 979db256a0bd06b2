import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import type { YamlNode } from '../../../yaml/node.js';
import type { Resource } from '../../../model/resource.js';
import { DNS_RULE, policyWith } from '../examples.js';
import { allEntries, POLICY_KINDS } from '../policy.js';
import { REJECTED, WHY_REJECTED } from '../texts.js';

const LONGEST = 255;

export const fqdnInvalid = defineRule({
  id: 'cilium/fqdn-invalid',
  title: 'DNS name that cannot be matched',
  severity: 'error',
  category: 'schema',
  effect: REJECTED,
  why: `A peer of "toFQDNs" has a "matchName", which is a whole name, or a "matchPattern", in which a star stands for letters of one label: one of the two. Both are of letters, digits, "-", "_" and dots, 255 at most. ${WHY_REJECTED}`,
  remedy: 'Write one of the two; a name with a star is a pattern.',
  example: {
    bad: policyWith(`  egress:\n  - toFQDNs: [{ matchName: "*.example.org" }]\n${DNS_RULE}`),
    good: policyWith(`  egress:\n  - toFQDNs: [{ matchPattern: "*.example.org" }]\n${DNS_RULE}`),
  },
  replaces: ['schema/one-of', 'schema/pattern', 'schema/out-of-range'],

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    const peers = new Set<YamlNode>(allEntries(resource).flatMap(({ node }) => node.list('toFQDNs.*')));
    for (const item of namesIn(resource)) {
      if (item.type !== 'map' || item.partial) continue;
      const [name, pattern] = [item.entry('matchName'), item.entry('matchPattern')];
      const isPeer = peers.has(item);
      if (name && pattern && isPeer)
        yield {
          at: name.keyRange.start > pattern.keyRange.start ? name.keyRange : pattern.keyRange,
          message: '"matchName" and "matchPattern" stand in one item.',
          data: { do: 'remove' },
        };
      if (!name && !pattern) yield { at: item, message: 'This item has neither "matchName" nor "matchPattern".' };
      for (const [entry, allowed, what] of [
        [name, /^[-a-zA-Z0-9_.]+$/, 'name'],
        [pattern, /^[-a-zA-Z0-9_.*]+$/, 'pattern'],
      ] as const) {
        const written = entry?.value.text();
        if (entry === undefined || written === undefined) continue;
        if (written.length > LONGEST)
          yield { at: entry.value, message: `This ${what} has ${written.length} characters, and ${LONGEST} is the most.` };
        else if (!allowed.test(written) || written.includes('..') || written.startsWith('.')) {
          const isPattern = what === 'name' && /^[-a-zA-Z0-9_.*]+$/.test(written) && pattern === undefined;
          yield {
            at: entry.value,
            message: `"${written.slice(0, 60)}" is no DNS ${what}${isPattern ? ', but a pattern' : ''}.`,
            ...(isPattern && { data: { do: 'rename' } }),
          };
        }
      }
    }
  },

  fix({ resource, problem, text }) {
    const data = problem.data as { do: 'remove' | 'rename' } | undefined;
    const item = namesIn(resource).find((it) => it.start <= problem.at.start && problem.at.end <= it.end);
    if (data === undefined || item?.type !== 'map') return [];
    const name = item.entry('matchName');
    if (data.do === 'rename')
      return name ? [{ title: 'Rename to "matchPattern"', preferred: true, edits: [{ range: name.keyRange, text: 'matchPattern' }] }] : [];
    return ['matchName', 'matchPattern'].flatMap((key) => {
      const edit = removeEntry(text, item, key);
      return edit ? [{ title: `Remove "${key}"`, edits: [edit] }] : [];
    });
  },
});

/** Peers by name, and names of DNS rules. */
function namesIn(resource: Resource): readonly YamlNode[] {
  return allEntries(resource).flatMap(({ node }) => [...node.list('toFQDNs.*'), ...node.list('toPorts.*.rules.dns.*')]);
}
