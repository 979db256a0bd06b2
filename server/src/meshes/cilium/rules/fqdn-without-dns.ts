import { defineRule } from '../../../rules/rule.js';
import { coveringPolicies, dnsRulesOf } from '../coverage.js';
import { DNS_RULE, policyWith } from '../examples.js';
import { dnsRuleFix } from '../fixes.js';
import { policyFactsIn } from '../facts.js';
import { policiesNear } from '../lookups.js';
import { hasItems, POLICY_KINDS } from '../policy.js';

export const fqdnWithoutDns = defineRule({
  id: 'cilium/fqdn-without-dns',
  title: 'Peers by DNS name, without DNS rules by which Cilium learns their addresses',
  severity: 'warning',
  category: 'pitfall',
  effect: 'Traffic to them is dropped.',
  why: 'Cilium knows which addresses a name has from answers that pass its DNS proxy, and only those of pods with a rule that has "rules.dns" on port 53. Without one for the same pods, in this policy or another, a peer by name never matches.',
  remedy: 'Allow DNS to kube-dns with "rules: { dns: [{ matchPattern: \'*\' }] }".',
  example: {
    bad: policyWith(`  egress:\n  - toFQDNs: [{ matchName: api.example.org }]\n${DNS_RULE.replace(/\n *rules.*/, '')}`),
    good: policyWith(`  egress:\n  - toFQDNs: [{ matchName: api.example.org }]\n${DNS_RULE}`),
  },
  unseen: 'info',

  kinds: POLICY_KINDS,
  reads: { policiesNear },

  *check({ resource, read }) {
    for (const { part, facts } of policyFactsIn(resource)) {
      const entries = part.node.list('egress.*').filter((it) => it.type === 'map' && hasItems(it.get('toFQDNs')));
      if (entries.length === 0 || facts.selector.isOpaque) continue;
      const policies = coveringPolicies(facts, read);
      if (policies.some(({ data }) => data.incomplete || dnsRulesOf(data).length > 0)) continue;
      for (const entry of entries) {
        const at = entry.type === 'map' ? entry.entry('toFQDNs')?.keyRange : undefined;
        if (at)
          yield {
            at,
            certainty: 'unseen',
            message: 'No DNS rule in this workspace lets Cilium learn the addresses of these names.',
            data: part.path,
          };
      }
    }
  },

  fix: ({ resource, problem, text }) => dnsRuleFix(resource, String(problem.data), text),
});
