import { defineRule } from '../../../rules/rule.js';
import { insertItem } from '../../../yaml/edit.js';
import { coveringPolicies, coversName, dnsRulesOf } from '../coverage.js';
import { DNS_RULE, policyWith } from '../examples.js';
import { policyFactsIn } from '../facts.js';
import { policiesNear } from '../lookups.js';
import { POLICY_KINDS } from '../policy.js';

export const fqdnNotCovered = defineRule({
  id: 'cilium/fqdn-not-covered',
  title: 'Peer by a DNS name that no DNS rule lets pods ask for',
  severity: 'warning',
  category: 'pitfall',
  effect: 'The name does not resolve, and Cilium never learns its addresses.',
  why: 'DNS rules say which names pods may ask for; the proxy refuses all others. A star stands for letters of one label, and alone for every name.',
  remedy: 'Add the name to the DNS rules.',
  example: {
    bad: policyWith(`  egress:\n  - toFQDNs: [{ matchName: api.example.org }]\n${DNS_RULE.replace('"*"', '"*.example.com"')}`),
    good: policyWith(`  egress:\n  - toFQDNs: [{ matchName: api.example.org }]\n${DNS_RULE}`),
  },
  unseen: 'info',

  kinds: POLICY_KINDS,
  reads: { policiesNear },

  *check({ resource, read }) {
    for (const { part, facts } of policyFactsIn(resource)) {
      const names = part.node.list('egress.*.toFQDNs.*').flatMap((it) => it.get('matchName') ?? it.get('matchPattern') ?? []);
      if (names.length === 0 || facts.selector.isOpaque) continue;
      const policies = coveringPolicies(facts, read);
      const rules = policies.flatMap(({ data }) => dnsRulesOf(data).flatMap((it) => it.dns));
      if (rules.length === 0 || policies.some(({ data }) => data.incomplete)) continue;
      const holder = policies.find(({ data }) => dnsRulesOf(data).some((it) => it.dns.length > 0));
      for (const at of names) {
        const name = at.text();
        if (name === undefined || rules.some((it) => coversName(it, name))) continue;
        yield {
          at,
          certainty: 'unseen',
          message: `No DNS rule for these pods covers "${name}".`,
          related:
            holder && holder.resource !== resource.id
              ? [{ at: holder, message: `"${holder.data.name}" says which names they may ask for` }]
              : [],
          data: { name, holder: holder?.resource ?? null, path: holder?.data.path ?? '' },
        };
      }
    }
  },

  fix({ problem, resource, text, other }) {
    const { name, holder, path } = problem.data as { name: string; holder: string | null; path: string };
    const found = holder === null ? undefined : holder === resource.id ? { resource, text, file: '' } : other(holder);
    const list = found?.resource.root.list(`${path}.egress.*.toPorts.*.rules.dns`)[0];
    if (!found || holder === null || list?.type !== 'list') return [];
    const edit = insertItem(found.text, list, `${name.includes('*') ? 'matchPattern' : 'matchName'}: "${name}"`);
    const title = found.file === '' ? `Let these pods ask for "${name}"` : `Let these pods ask for "${name}" (${found.file})`;
    return [{ title, edits: [{ resource: holder, ...edit }] }];
  },
});
