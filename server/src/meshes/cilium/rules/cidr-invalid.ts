import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import type { YamlNode } from '../../../yaml/node.js';
import { addressIn, contains, prefixIn } from '../addresses.js';
import { policyWith } from '../examples.js';
import { allEntries, POLICY_KINDS } from '../policy.js';
import { REJECTED, WHY_REJECTED } from '../texts.js';

const KINDS_OF_RANGE = ['cidr', 'cidrGroupRef', 'cidrGroupSelector'];

export const cidrInvalid = defineRule({
  id: 'cilium/cidr-invalid',
  title: 'Range of addresses that cannot be read',
  severity: 'error',
  category: 'schema',
  effect: REJECTED,
  why: `A range is an address and a length, as 10.0.0.0/8. An item of a set has a "cidr", a "cidrGroupRef" or a "cidrGroupSelector", and what its "except" takes out has to lie within. ${WHY_REJECTED}`,
  remedy: 'Write the address of the network and its length.',
  example: {
    bad: policyWith('  ingress: [{ fromCIDRSet: [{ cidr: 10.0.0.0/8, except: [192.168.0.0/16] }] }]'),
    good: policyWith('  ingress: [{ fromCIDRSet: [{ cidr: 10.0.0.0/8, except: [10.1.0.0/16] }] }]'),
  },
  replaces: ['schema/format', 'schema/one-of'],

  kinds: [...POLICY_KINDS, 'CiliumCIDRGroup'],
  reads: {},

  *check({ resource }) {
    for (const range of resource.root.list('spec.externalCIDRs.*')) yield* prefix(range, 'Cilium rejects this group.');
    for (const { node } of allEntries(resource)) {
      for (const range of [...node.list('fromCIDR.*'), ...node.list('toCIDR.*')]) {
        const written = range.text();
        if (written !== undefined && prefixIn(written) === undefined && addressIn(written) === undefined)
          yield { at: range, message: `"${written}" is neither a range of addresses nor an address.` };
      }
      for (const item of [...node.list('fromCIDRSet.*'), ...node.list('toCIDRSet.*')]) {
        if (item.type !== 'map' || item.partial) continue;
        const kinds = item.entries.filter((it) => KINDS_OF_RANGE.includes(it.key));
        if (kinds.length === 0)
          yield { at: item.entries[0]?.keyRange ?? item, message: 'This item names no range and no group of ranges.' };
        if (kinds.length > 1) yield { at: kinds[1]!.keyRange, message: `"${kinds[0]!.key}" and "${kinds[1]!.key}" stand in one item.` };
        yield* item.list('cidr').flatMap((it) => [...prefix(it)]);
        const outer = prefixIn(item.text('cidr') ?? '');
        for (const except of item.list('except.*')) {
          const inner = prefixIn(except.text() ?? '');
          if (except.text() !== undefined && inner === undefined) yield* prefix(except);
          else if (outer && inner && !contains(outer, inner))
            yield {
              at: except,
              message: `"${except.text()}" does not lie within "${item.text('cidr')}", so that it cannot be an exception.`,
            };
        }
      }
    }
  },

  fix({ resource, problem, text }) {
    if (typeof problem.data !== 'string') return [];
    const node = [
      ...resource.root.list('spec.externalCIDRs.*'),
      ...allEntries(resource).flatMap(({ node }) =>
        ['fromCIDRSet', 'toCIDRSet'].flatMap((it) => [...node.list(`${it}.*.cidr`), ...node.list(`${it}.*.except.*`)]),
      ),
    ].find((it) => it.start === problem.at.start);
    return node ? [{ title: `Change to "${problem.data}"`, preferred: true, edits: [replaceValue(text, node, problem.data)] }] : [];
  },
});

function* prefix(node: YamlNode, effect?: string): Generator<{ at: YamlNode; message: string; effect?: string; data?: string }> {
  const written = node.text();
  if (written === undefined || prefixIn(written) !== undefined) return;
  const address = addressIn(written);
  yield {
    at: node,
    message: `"${written}" is ${address ? 'an address, and a range belongs here' : 'no range of addresses such as 10.0.0.0/8'}.`,
    ...(effect !== undefined && { effect }),
    ...(address && { data: `${written}/${address.length}` }),
  };
}
