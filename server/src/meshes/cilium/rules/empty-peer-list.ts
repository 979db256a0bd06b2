import { defineRule } from '../../../rules/rule.js';
import { removeEntry, replaceValue } from '../../../yaml/edit.js';
import { policyWith } from '../examples.js';
import { allEntries, PEER_FIELDS, POLICY_KINDS } from '../policy.js';

export const emptyPeerList = defineRule({
  id: 'cilium/empty-peer-list',
  title: 'Empty list of peers',
  severity: 'warning',
  category: 'pitfall',
  effect: 'This rule matches nobody.',
  why: 'A rule without the field is about every peer; a rule with an empty list is about none. Old versions of Cilium took the one for the other.',
  remedy: 'Write "[{}]" for every pod, or leave the field out for everybody.',
  example: {
    bad: policyWith('  ingress: [{ fromEndpoints: [] }]'),
    good: policyWith('  ingress: [{ fromEndpoints: [{}] }]'),
  },

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { node, direction } of allEntries(resource)) {
      for (const { key, keyRange, value } of node.entries) {
        if (PEER_FIELDS[direction].includes(key) && value.type === 'list' && value.items.length === 0 && !value.partial)
          yield { at: keyRange, message: `"${key}" is an empty list, which selects nobody.`, data: key };
      }
    }
  },

  fix({ resource, problem, text }) {
    const key = String(problem.data);
    const node = allEntries(resource).find((it) => it.node.entry(key)?.keyRange.start === problem.at.start)?.node;
    const list = node?.get(key);
    const removal = node && removeEntry(text, node, key);
    const hasOthers = node !== undefined && node.entries.length > 1;
    return [
      ...(list && key.endsWith('Endpoints')
        ? [
            {
              title: resource.kind === 'CiliumNetworkPolicy' ? 'Mean every pod of the namespace: [{}]' : 'Mean every pod: [{}]',
              edits: [{ ...replaceValue(text, list, null), text: '[{}]' }],
            },
          ]
        : []),
      ...(removal && hasOthers ? [{ title: `Remove "${key}"`, edits: [removal] }] : []),
    ];
  },
});
