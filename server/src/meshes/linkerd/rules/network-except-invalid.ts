import { defineRule } from '../../../rules/rule.js';
import { removeEntry, removeItem } from '../../../yaml/edit.js';
import { KINDS_WITH_NETWORKS, networksOf } from '../network-lists.js';
import { contains, parseNetwork } from '../networks.js';

export const networkExceptInvalid = defineRule({
  id: 'linkerd/network-except-invalid',
  title: 'Exception that is not a part of its network',
  severity: 'error',
  category: 'schema',
  effect: 'The webhook rejects it.',
  why: 'An exception takes some addresses out of the network that it stands under: it lies within the network, and leaves some of it.',
  remedy: 'Write a smaller range within the network, or take the exception out.',
  example: {
    bad: `
apiVersion: policy.linkerd.io/v1alpha1
kind: NetworkAuthentication
metadata: { name: cluster, namespace: shop }
spec: { networks: [{ cidr: 10.0.0.0/8, except: [192.168.0.0/16] }] }
`,
    good: `
apiVersion: policy.linkerd.io/v1alpha1
kind: NetworkAuthentication
metadata: { name: cluster, namespace: shop }
spec: { networks: [{ cidr: 10.0.0.0/8, except: [10.1.0.0/16] }] }
`,
  },

  kinds: KINDS_WITH_NETWORKS,
  reads: {},

  *check({ resource }) {
    for (const network of networksOf(resource)) {
      const cidr = network.text('cidr');
      const whole = cidr === undefined ? undefined : parseNetwork(cidr);
      if (whole === undefined) continue;
      for (const node of network.list('except.*')) {
        const part = parseNetwork(node.text() ?? '');
        if (part === undefined || (contains(whole, part) && part.prefix > whole.prefix)) continue;
        yield {
          at: node,
          message: contains(part, whole) ? `"${node.text()}" takes out all of "${cidr}".` : `"${node.text()}" is no part of "${cidr}".`,
        };
      }
    }
  },

  fix({ resource, problem, text }) {
    for (const network of networksOf(resource)) {
      const list = network.get('except');
      if (list?.type !== 'list' || network.type !== 'map') continue;
      const index = list.items.findIndex((it) => it.start === problem.at.start);
      if (index < 0) continue;
      const edit = list.items.length === 1 ? removeEntry(text, network, 'except') : removeItem(text, list, index);
      return edit ? [{ title: 'Remove the exception', edits: [edit] }] : [];
    }
    return [];
  },
});
