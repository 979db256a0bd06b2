import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { splitEntry } from '../edits.js';
import { policyWith } from '../examples.js';
import { allEntries, PEER_FIELDS, peersOf, POLICY_KINDS } from '../policy.js';
import { REJECTED, WHY_REJECTED } from '../texts.js';

export const peerCombination = defineRule({
  id: 'cilium/peer-combination',
  title: 'Rule with two kinds of peers',
  severity: 'error',
  category: 'schema',
  effect: REJECTED,
  why: `An item of "ingress" or "egress" names its peers in one way: by labels, by addresses, by entities and so on. Items of a list add up, so that each way has an item of its own. ${WHY_REJECTED}`,
  remedy: 'Write one item for each kind of peer.',
  example: {
    bad: policyWith('  ingress: [{ fromEndpoints: [{ matchLabels: { app: cart } }], fromCIDR: [192.0.2.0/24] }]'),
    good: policyWith('  ingress: [{ fromEndpoints: [{ matchLabels: { app: cart } }] }, { fromCIDR: [192.0.2.0/24] }]'),
  },

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    for (const entry of allEntries(resource)) {
      const peers = peersOf(entry).filter((it) => it.value.type === 'list');
      const [first, second] = peers;
      if (!first || !second) continue;
      yield {
        at: second.keyRange,
        message: `${quotedList(peers.map((it) => it.key))} stand in one rule, which takes one of them.`,
        related: [{ at: first.keyRange, message: `"${first.key}" is here` }],
      };
    }
  },

  fix({ resource, problem, text }) {
    const entry = allEntries(resource).find(({ node }) => node.entries.some((it) => it.keyRange.start === problem.at.start));
    const key = entry?.node.entries.find((it) => it.keyRange.start === problem.at.start)?.key;
    if (!entry || key === undefined) return [];
    const others = entry.node.entries.map((it) => it.key).filter((it) => !PEER_FIELDS[entry.direction].includes(it));
    const edits = splitEntry(text, entry, key, others);
    return edits ? [{ title: `Move "${key}" to a rule of its own (either is enough)`, edits }] : [];
  },
});
