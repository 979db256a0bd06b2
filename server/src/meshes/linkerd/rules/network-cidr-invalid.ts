import { defineRule } from '../../../rules/rule.js';
import { KINDS_WITH_NETWORKS, networksOf } from '../network-lists.js';
import { parseNetwork } from '../networks.js';

export const networkCidrInvalid = defineRule({
  id: 'linkerd/network-cidr-invalid',
  title: 'Network that is no address and no range of addresses',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'A network is an IPv4 or IPv6 address, or one with the number of its leading bits behind a slash: up to 32, or up to 128. Names of hosts are none.',
  remedy: 'Write an address such as 10.1.2.3, or a range such as 10.0.0.0/8.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: NetworkAuthentication
metadata: { name: cluster, namespace: shop }
spec: { networks: [{ cidr: 10.0.0.0/33 }] }
`,
    good: `
apiVersion: policy.linkerd.io/v1alpha1
kind: NetworkAuthentication
metadata: { name: cluster, namespace: shop }
spec: { networks: [{ cidr: 10.0.0.0/8 }] }
`,
  },

  kinds: KINDS_WITH_NETWORKS,
  reads: {},

  *check({ resource }) {
    for (const network of networksOf(resource)) {
      for (const node of [...network.list('cidr'), ...network.list('except.*')]) {
        const written = node.text();
        if (written === undefined || parseNetwork(written) !== undefined) continue;
        yield { at: node, message: `"${written}" is no address and no range such as 10.0.0.0/8.` };
      }
    }
  },
});
