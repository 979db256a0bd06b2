import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { insertEntry, insertItem } from '../../../yaml/edit.js';
import { networksOf } from '../network-lists.js';
import { contains, intersect, parseNetwork, type Network } from '../networks.js';
import { linkerdConfig } from '../settings.js';

export const egressNetworkOverlap = defineRule({
  id: 'linkerd/egress-network-overlap',
  title: 'EgressNetwork that holds addresses of the cluster',
  severity: 'warning',
  category: 'semantics',
  effect: 'It is not accepted, and neither are its routes.',
  why: 'An EgressNetwork is about addresses outside of the cluster. One that holds some of the networks of the cluster gets the status "EgressReasonNetworkOverlap". Which networks those are is a setting of the installation; by default they are the private ranges.',
  remedy: 'Take the networks of the cluster out by "except", or leave the list of networks out to mean all addresses outside.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata: { name: partner, namespace: shop }
spec: { trafficPolicy: Allow, networks: [{ cidr: 10.20.0.0/16 }] }
`,
    good: `
apiVersion: policy.linkerd.io/v1alpha1
kind: EgressNetwork
metadata: { name: partner, namespace: shop }
spec: { trafficPolicy: Allow, networks: [{ cidr: 203.0.113.0/24 }] }
`,
  },

  kinds: ['EgressNetwork'],
  reads: { linkerdConfig },

  *check({ resource, read }) {
    const own = read.linkerdConfig().clusterNetworks.flatMap((text) => {
      const network = parseNetwork(text);
      return network ? [{ text, network }] : [];
    });
    for (const node of networksOf(resource)) {
      const at = node.get('cidr');
      const cidr = parseNetwork(at?.text() ?? '');
      const list = node.get('except');
      if (at === undefined || cidr === undefined || (list?.type === 'list' && list.partial)) continue;
      const except = node.list('except.*').flatMap((it): Network | readonly Network[] => parseNetwork(it.text() ?? '') ?? []);
      const shared = own.filter(({ network }) => intersect(cidr, network) && !except.some((it) => contains(it, network)));
      if (shared.length === 0) continue;
      yield {
        at,
        message: `"${at.text()}" holds addresses of the cluster: ${quotedList(shared.map((it) => it.text))}.`,
        data:
          shared.filter(({ network }) => contains(cidr, network) && network.prefix > cidr.prefix).length === shared.length
            ? shared.map((it) => it.text)
            : [],
      };
      return;
    }
  },

  fix({ resource, problem, text }) {
    const ranges = problem.data as readonly string[];
    const node = networksOf(resource).find((it) => it.start <= problem.at.start && problem.at.end <= it.end);
    if (node?.type !== 'map' || ranges.length === 0) return [];
    const list = node.get('except');
    const quoted = ranges.map((it) => (it.includes(':') ? `"${it}"` : it));
    const [only] = quoted;
    if (list?.type === 'list' && quoted.length > 1) return [];
    return [
      {
        title: 'Take the networks of the cluster out',
        edits: [
          list?.type === 'list'
            ? insertItem(text, list, only!)
            : insertEntry(text, node, 'except', quoted.map((it) => `- ${it}`).join('\n')),
        ],
      },
    ];
  },
});
