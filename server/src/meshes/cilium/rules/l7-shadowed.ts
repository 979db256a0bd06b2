import { defineRule } from '../../../rules/rule.js';
import { removeItem } from '../../../yaml/edit.js';
import { coveringPolicies } from '../coverage.js';
import { policyWith } from '../examples.js';
import { policyFactsIn } from '../facts.js';
import { policiesNear } from '../lookups.js';
import { DIRECTIONS, entriesOf, partsOf, POLICY_KINDS } from '../policy.js';
import type { EntryFacts, PolicyPort, PortFacts } from '../tables.js';

export const l7Shadowed = defineRule({
  id: 'cilium/l7-shadowed',
  title: 'Rules about requests beside a rule that allows every request',
  severity: 'warning',
  category: 'pitfall',
  effect: 'Every request is allowed.',
  why: 'Rules add up. Where another one allows the same peers the same port without a word about requests, there is nothing left that rules about requests could refuse.',
  remedy: 'Remove the rule without "rules", or give it some.',
  example: {
    bad: policyWith(
      '  ingress:\n  - fromEndpoints: [{ matchLabels: { app: cart } }]\n    toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ method: GET }] } }]\n  - fromEndpoints: [{ matchLabels: { app: cart } }]\n    toPorts: [{ ports: [{ port: "80", protocol: TCP }] }]',
    ),
    good: policyWith(
      '  ingress:\n  - fromEndpoints: [{ matchLabels: { app: cart } }]\n    toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ method: GET }] } }]\n  - fromEndpoints: [{ matchLabels: { app: shop } }]\n    toPorts: [{ ports: [{ port: "80", protocol: TCP }] }]',
    ),
  },

  kinds: POLICY_KINDS,
  reads: { policiesNear },

  *check({ resource, read }) {
    for (const { part, facts } of policyFactsIn(resource)) {
      if (facts.selector.isOpaque || facts.incomplete) continue;
      for (const direction of DIRECTIONS) {
        for (const entry of facts[direction].allow) {
          for (const [index, item] of (entry.ports ?? []).entries()) {
            if (item.l7.length === 0) continue;
            const open = coveringPolicies(facts, read)
              .filter(({ data }) => !data.incomplete && !data.selector.isOpaque)
              .flatMap((policy) => policy.data[direction].allow.map((it) => ({ policy, entry: it })))
              .find((it) => allowsEvery(it.entry, entry, item));
            if (!open) continue;
            const node = entriesOf(part)
              .find((it) => it.node.start === entry.range.start)
              ?.node.list('toPorts.*')[index];
            const at = node?.type === 'map' ? node.entry('rules')?.keyRange : undefined;
            if (at === undefined) continue;
            const isOwn = open.policy.resource === resource.id;
            const isSame = isOwn && open.entry.range.start === entry.range.start;
            yield {
              at,
              message: `Another ${isSame ? 'item of "toPorts"' : 'rule'}${isOwn ? '' : `, in "${open.policy.data.name}",`} allows the same peers this port without rules about requests.`,
              related: isSame
                ? []
                : [
                    isOwn
                      ? { at: open.entry.range, message: 'the other rule is here' }
                      : { at: { resource: open.policy.resource, range: open.entry.range }, message: 'the other rule is here' },
                  ],
              data: isOwn && !isSame && isSamePorts(open.entry, item) ? open.entry.range.start : null,
            };
          }
        }
      }
    }
  },

  fix({ resource, problem, text }) {
    const entry = partsOf(resource)
      .flatMap(entriesOf)
      .find((it) => it.node.start === problem.data);
    const edit = entry && removeItem(text, entry.list, entry.index);
    return edit ? [{ title: 'Remove the rule without "rules"', edits: [edit] }] : [];
  },
});

/** Whether an entry allows the peers of another one all that goes to the ports of its item. */
function allowsEvery(open: EntryFacts, limited: EntryFacts, { ports }: PortFacts): boolean {
  if (open.hasIcmp || open.authentication !== limited.authentication) return false;
  if (open.peers?.field !== limited.peers?.field || open.peers?.texts.join() !== limited.peers?.texts.join()) return false;
  if (open.ports === undefined) return open.peers !== undefined;
  const free = open.ports.filter((it) => it.l7.length === 0 && it.serverNames.length === 0);
  return ports.length > 0 && ports.every((port) => free.some((it) => it.ports.some((wide) => covers(wide, port))));
}

function covers(wide: PolicyPort, narrow: PolicyPort): boolean {
  if (wide.protocol !== 'ANY' && wide.protocol !== narrow.protocol) return false;
  if (wide.port === narrow.port && (wide.endPort ?? 0) >= (narrow.endPort ?? 0)) return true;
  const [first, last, number] = [Number(wide.port), wide.endPort, Number(narrow.port)];
  return wide.port === '0' || (last !== undefined && narrow.endPort === undefined && first <= number && number <= last);
}

function isSamePorts({ ports }: EntryFacts, { ports: limited }: PortFacts): boolean {
  return ports?.length === 1 && ports[0]!.ports.every((it) => limited.some((other) => other.port === it.port));
}
