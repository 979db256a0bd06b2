import { defineRule } from '../../../rules/rule.js';
import { addressIn, contains, prefixIn } from '../addresses.js';
import { policyWith } from '../examples.js';
import { allEntries, POLICY_KINDS } from '../policy.js';
import { ciliumSettings } from '../settings.js';

const PRIVATE = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'].map((it) => prefixIn(it)!);

export const cidrInternal = defineRule({
  id: 'cilium/cidr-internal',
  title: 'Range of addresses that pods have',
  severity: 'warning',
  category: 'pitfall',
  effect: 'It never matches a pod.',
  why: 'Cilium knows pods by their labels and not by their addresses: rules by address are for what is outside of the cluster. The setting "cilium.podCIDRs" says which ranges pods have.',
  remedy: 'Select the pods with "fromEndpoints" or "toEndpoints", or by an entity.',
  example: {
    bad: policyWith('  ingress: [{ fromCIDR: [10.42.1.0/24] }]'),
    good: policyWith('  ingress: [{ fromEndpoints: [{ matchLabels: { app: cart } }] }]'),
    settings: { cilium: { podCIDRs: ['10.42.0.0/16'] } },
  },

  kinds: POLICY_KINDS,
  reads: { ciliumSettings },

  *check({ resource, read }) {
    const pods = read.ciliumSettings().podCidrs.flatMap((it) => prefixIn(it) ?? []);
    if (pods.length === 0) return;
    for (const { node } of allEntries(resource)) {
      for (const at of ['fromCIDR.*', 'toCIDR.*', 'fromCIDRSet.*.cidr', 'toCIDRSet.*.cidr'].flatMap((it) => node.list(it))) {
        const range = prefixIn(at.text() ?? '') ?? addressIn(at.text() ?? '');
        if (range && PRIVATE.some((it) => contains(it, range)) && pods.some((it) => contains(it, range)))
          yield { at, message: `"${at.text()}" lies within the addresses of pods (cilium.podCIDRs).` };
      }
    }
  },
});
