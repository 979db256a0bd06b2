import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import { policyWith } from '../examples.js';
import { allPortRules, isHostPolicy, l7FieldsOf, POLICY_KINDS } from '../policy.js';
import { ciliumSettings } from '../settings.js';
import { REJECTED, WHY_REJECTED } from '../texts.js';

/** The first minor whose policies on nodes take DNS rules. */
const HOST_DNS_SINCE = 18;

export const l7Direction = defineRule({
  id: 'cilium/l7-direction',
  title: 'Rule about requests where none can be',
  severity: 'error',
  category: 'schema',
  effect: REJECTED,
  why: `DNS rules and listeners are for what pods send, so that they belong to "egress". Policies on nodes take no rules about requests, except, from Cilium 1.18 on, DNS rules for what nodes send. ${WHY_REJECTED}`,
  remedy: 'Move the rule to "egress", or remove it.',
  example: {
    bad: policyWith('  ingress:\n  - toPorts: [{ ports: [{ port: "53", protocol: UDP }], rules: { dns: [{ matchPattern: "*" }] } }]'),
    good: policyWith('  egress:\n  - toPorts: [{ ports: [{ port: "53", protocol: UDP }], rules: { dns: [{ matchPattern: "*" }] } }]'),
  },

  kinds: POLICY_KINDS,
  reads: { ciliumSettings },

  *check({ resource, read }) {
    const { minor } = read.ciliumSettings();
    for (const rule of allPortRules(resource)) {
      const { direction, part } = rule.entry;
      const fields = l7FieldsOf(rule);
      const dns = fields.find((it) => it.key === 'dns');
      const listener = rule.node.entry('listener');
      if (direction === 'ingress' && listener)
        yield { at: listener.keyRange, message: 'A listener takes what pods send, and this is a rule for ingress.' };
      if (isHostPolicy(part) && fields.length > 0) {
        const isAllowed = direction === 'egress' && minor >= HOST_DNS_SINCE && fields.every((it) => it.key === 'dns');
        const most =
          direction === 'egress' && minor >= HOST_DNS_SINCE
            ? `no rules of "${fields.find((it) => it.key !== 'dns')?.key ?? ''}"`
            : 'no rules about requests';
        if (!isAllowed) yield { at: rule.node.entry('rules')!.keyRange, message: `A policy on nodes takes ${most} for ${direction}.` };
      } else if (direction === 'ingress' && dns)
        yield { at: dns.keyRange, message: 'DNS rules are for names that pods ask for, and this is a rule for ingress.' };
    }
  },

  fix({ resource, problem, text }) {
    for (const { node, rules } of allPortRules(resource)) {
      for (const key of ['listener', 'rules']) {
        const removal = node.entry(key)?.keyRange.start === problem.at.start ? removeEntry(text, node, key) : undefined;
        if (removal) return [{ title: `Remove "${key}"${key === 'rules' ? ' (every request is allowed)' : ''}`, edits: [removal] }];
      }
      if (rules?.entry('dns')?.keyRange.start !== problem.at.start || rules.entries.length > 1) continue;
      const removal = removeEntry(text, node, 'rules');
      if (removal) return [{ title: 'Remove the DNS rules', edits: [removal] }];
    }
    return [];
  },
});
