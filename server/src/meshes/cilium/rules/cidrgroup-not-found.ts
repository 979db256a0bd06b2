import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import type { YamlNode } from '../../../yaml/node.js';
import type { Resource } from '../../../model/resource.js';
import { policyWith } from '../examples.js';
import { cidrGroupNamed } from '../lookups.js';
import { allEntries, POLICY_KINDS } from '../policy.js';
import { allCidrGroups } from '../tables.js';

const GROUP =
  '---\napiVersion: cilium.io/v2\nkind: CiliumCIDRGroup\nmetadata: { name: partners }\nspec: { externalCIDRs: [192.0.2.0/24] }\n';

export const cidrgroupNotFound = defineRule({
  id: 'cilium/cidrgroup-not-found',
  title: 'Group of address ranges that does not exist',
  severity: 'warning',
  category: 'reference',
  effect: 'No address is meant.',
  why: 'A CiliumCIDRGroup is named by policies. One that does not exist has no ranges, so that the rule matches nobody.',
  remedy: 'Correct the name, or write the group.',
  example: {
    bad: policyWith('  ingress: [{ fromCIDRSet: [{ cidrGroupRef: partner }] }]') + GROUP,
    good: policyWith('  ingress: [{ fromCIDRSet: [{ cidrGroupRef: partners }] }]') + GROUP,
  },

  kinds: POLICY_KINDS,
  reads: { cidrGroupNamed, allCidrGroups },

  *check({ resource, read }) {
    for (const at of groupsIn(resource)) {
      const name = at.text();
      if (name === undefined || read.cidrGroupNamed(name).length > 0) continue;
      const known = read.allCidrGroups('');
      if (known.length === 0) continue;
      const near = nearest(
        name,
        known.map((it) => it.data.name),
      );
      yield {
        at,
        certainty: near === undefined ? 'owned' : 'near',
        message: `No CiliumCIDRGroup "${name}" exists in this workspace${near === undefined ? '' : ` ("${near}" does)`}.`,
        related: known.filter((it) => it.data.name === near).map((it) => ({ at: it, message: `"${it.data.name}" is defined here` })),
        data: near ?? null,
      };
    }
  },

  fix({ resource, problem, text }) {
    const node = groupsIn(resource).find((it) => it.start === problem.at.start);
    return node && typeof problem.data === 'string'
      ? [{ title: `Change to "${problem.data}"`, edits: [replaceValue(text, node, problem.data)] }]
      : [];
  },
});

function groupsIn(resource: Resource): readonly YamlNode[] {
  return allEntries(resource).flatMap(({ node }) => [...node.list('fromCIDRSet.*.cidrGroupRef'), ...node.list('toCIDRSet.*.cidrGroupRef')]);
}
