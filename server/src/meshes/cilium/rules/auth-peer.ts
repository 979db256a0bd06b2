import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { removeEntry } from '../../../yaml/edit.js';
import { policyWith } from '../examples.js';
import { allEntries, hasItems, POLICY_KINDS } from '../policy.js';

const WITHOUT_IDENTITY = ['all', 'world', 'world-ipv4', 'world-ipv6', 'host', 'remote-node', 'kube-apiserver'];
const FIELDS = ['fromCIDR', 'fromCIDRSet', 'toCIDR', 'toCIDRSet', 'toFQDNs'];

export const authPeer = defineRule({
  id: 'cilium/auth-peer',
  title: 'Authentication of peers that have no identity',
  severity: 'warning',
  category: 'policy',
  effect: 'Their traffic is dropped.',
  why: 'Mutual authentication is between pods, each of which has an identity of SPIFFE. Addresses, names outside of the cluster, nodes and the API server have none, so that a rule that requires one drops their traffic.',
  remedy: 'Remove "authentication" from this rule.',
  example: {
    bad: policyWith('  ingress: [{ fromEntities: [host], authentication: { mode: required } }]'),
    good: policyWith('  ingress: [{ fromEndpoints: [{ matchLabels: { app: cart } }], authentication: { mode: required } }]'),
  },

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { node } of allEntries(resource)) {
      const at = node.get('authentication.mode');
      if (at?.text() !== 'required') continue;
      const entities = [...node.list('fromEntities.*'), ...node.list('toEntities.*')].flatMap((it) => it.text() ?? []);
      const peers = [...entities.filter((it) => WITHOUT_IDENTITY.includes(it)), ...FIELDS.filter((it) => hasItems(node.get(it)))];
      if (peers.length > 0)
        yield { at, message: `Peers of ${quotedList(peers)} have no identity that could be authenticated.`, data: node.start };
    }
  },

  fix({ resource, problem, text }) {
    const node = allEntries(resource).find((it) => it.node.start === problem.data)?.node;
    const edit = node && removeEntry(text, node, 'authentication');
    return edit ? [{ title: 'Remove "authentication"', edits: [edit] }] : [];
  },
});
