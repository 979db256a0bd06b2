import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { policyWith } from '../examples.js';
import { hasItems, partsOf, POLICY_KINDS } from '../policy.js';
import { REJECTED, WHY_REJECTED } from '../texts.js';

const LISTS = ['ingress', 'ingressDeny', 'egress', 'egressDeny'];

export const noRules = defineRule({
  id: 'cilium/no-rules',
  title: 'Policy that says nothing about any direction',
  severity: 'error',
  category: 'schema',
  effect: REJECTED,
  why: `One of "ingress", "ingressDeny", "egress" and "egressDeny" needs an item; an empty list is no rule, and does not deny either. ${WHY_REJECTED}`,
  remedy: 'Write "ingress: [{}]" to allow nothing in, or delete the policy.',
  example: { bad: policyWith('  ingress: []'), good: policyWith('  ingress: [{}]') },
  replaces: ['schema/one-of', 'schema/condition'],

  kinds: POLICY_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { node, place } of partsOf(resource)) {
      if (resource.partial || node.partial || LISTS.some((it) => hasItems(node.get(it)))) continue;
      const written = node.entries.filter((it) => LISTS.includes(it.key));
      if (written.some((it) => it.value.type === 'map')) continue; // of the wrong type, which the schema tells
      const names = written.map((it) => `"${it.key}"`).join(' and ');
      yield {
        at: place,
        message:
          names === ''
            ? 'This policy states no rule for ingress or egress.'
            : `${names} of this policy ${written.length > 1 ? 'are' : 'is'} empty, and there is no other rule.`,
        data: { key: written.find((it) => !it.key.endsWith('Deny'))?.key ?? null, start: node.start },
      };
    }
  },

  fix({ resource, problem, text }) {
    const { key, start } = problem.data as { key: string | null; start: number };
    const list = partsOf(resource)
      .find((it) => it.node.start === start)
      ?.node.get(key ?? '');
    if (key === null || list === undefined) return [];
    const edit = list.type === 'list' ? { range: { start: list.start, end: list.end }, text: '[{}]' } : replaceValue(text, list, null);
    return [{ title: `Deny all ${key}: write "${key}: [{}]"`, edits: [{ ...edit, text: edit.text.replace('null', '[{}]') }] }];
  },
});
