import { defineRule } from '../../../rules/rule.js';
import { allowsDns, coveringPolicies, saysSomething } from '../coverage.js';
import { DNS_RULE, policyWith } from '../examples.js';
import { policyFactsIn } from '../facts.js';
import { dnsRuleFix } from '../fixes.js';
import { policiesNear } from '../lookups.js';
import { POLICY_KINDS } from '../policy.js';
import { selectorWords } from '../selectors.js';
import { ciliumSettings } from '../settings.js';

export const egressWithoutDns = defineRule({
  id: 'cilium/egress-without-dns',
  title: 'Egress that is denied by default, without DNS',
  severity: 'warning',
  category: 'pitfall',
  effect: 'Names do not resolve.',
  why: 'As soon as a policy speaks of what pods may send, everything else is denied, and so are questions to kube-dns. Nearly every connection begins with one.',
  remedy: 'Allow port 53 to kube-dns.',
  example: {
    bad: policyWith('  egress:\n  - toEndpoints: [{ matchLabels: { app: db } }]'),
    good: policyWith(`  egress:\n  - toEndpoints: [{ matchLabels: { app: db } }]\n${DNS_RULE}`),
  },
  unseen: 'info',

  kinds: POLICY_KINDS,
  reads: { policiesNear, ciliumSettings },

  *check({ resource, read }) {
    for (const { part, facts } of policyFactsIn(resource)) {
      const { egress, selector } = facts;
      // Who denies everything means it, and lets other policies open what they need.
      if (!egress.isDefaultDeny || selector.isOpaque || !egress.allow.some(saysSomething)) continue;
      if (!read.ciliumSettings().dnsCheck && egress.allow.every((it) => it.peers?.field.startsWith('toCIDR') === true)) continue;
      const policies = coveringPolicies(facts, read);
      if (policies.some(({ data }) => data.incomplete || allowsDns(data))) continue;
      const at = part.node.entry('egress')?.keyRange;
      if (at === undefined) continue;
      const others = policies.filter((it) => it.resource !== resource.id && it.data.egress.isDefaultDeny);
      yield {
        at,
        certainty: 'unseen',
        message: `Egress of ${selectorWords(selector)} is denied by default, and no policy in this workspace allows DNS.`,
        related: others.slice(0, 3).map((it) => ({ at: it, message: `"${it.data.name}" denies by default, too` })),
        data: part.path,
      };
    }
  },

  fix: ({ resource, problem, text }) => dnsRuleFix(resource, String(problem.data), text),
});
