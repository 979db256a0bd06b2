import { defineRule } from '../../../rules/rule.js';
import { insertEntry } from '../../../yaml/edit.js';
import { coveringPolicies, saysSomething } from '../coverage.js';
import { policyWith } from '../examples.js';
import { hostFactsIn, policyFactsIn } from '../facts.js';
import { policiesNear } from '../lookups.js';
import { DIRECTIONS, hasItems, partsOf, POLICY_KINDS } from '../policy.js';
import { ciliumSettings } from '../settings.js';
import { hostPolicies, type HostPolicyFacts } from '../tables.js';

export const defaultDenySurprise = defineRule({
  id: 'cilium/default-deny-surprise',
  title: 'Policy that denies something, and thereby everything',
  severity: 'warning',
  category: 'pitfall',
  effect: 'Everything else in that direction is denied, too.',
  why: 'A policy that speaks of a direction switches it to "denied unless allowed", also where it holds nothing but denials. Where no other policy for the same pods allows something, nothing gets through.',
  remedy: 'Set "enableDefaultDeny" for that direction to false, or allow what may pass.',
  example: {
    bad: policyWith('  ingressDeny: [{ fromEntities: [world] }]'),
    good: policyWith('  enableDefaultDeny: { ingress: false }\n  ingressDeny: [{ fromEntities: [world] }]'),
  },
  unseen: 'info',

  kinds: POLICY_KINDS,
  reads: { policiesNear, hostPolicies, ciliumSettings },

  *check({ resource, read }) {
    if (read.ciliumSettings().policyEnforcement !== 'default') return;
    for (const { part, facts } of [...policyFactsIn(resource), ...hostFactsIn(resource)]) {
      const isOfPods = 'path' in facts;
      if (isOfPods && facts.selector.isOpaque) continue;
      for (const direction of DIRECTIONS) {
        const at = part.node.entry(`${direction}Deny`);
        const flag = part.node.get(`enableDefaultDeny.${direction}`);
        if (
          !at ||
          !hasItems(at.value) ||
          hasItems(part.node.get(direction)) ||
          flag?.boolean() === false ||
          (flag !== undefined && flag.boolean() === undefined)
        )
          continue;
        const policies = isOfPods ? coveringPolicies(facts, read) : read.hostPolicies('').filter((it) => covers(it.data, facts));
        if (policies.some(({ data }) => data.incomplete || data[direction].allow.some(saysSomething))) continue;
        yield {
          at: at.keyRange,
          certainty: 'unseen',
          message: `This policy holds denials of ${direction} only, and no other in this workspace allows any.`,
          data: { path: part.path, direction },
        };
      }
    }
  },

  fix({ resource, problem, text }) {
    const { path, direction } = problem.data as { path: string; direction: string };
    const node = partsOf(resource).find((it) => it.path === path)?.node;
    const map = node?.get('enableDefaultDeny');
    if (!node || (map !== undefined && map.type !== 'map')) return [];
    const edit = map
      ? map.entry(direction)
        ? { range: { start: map.entry(direction)!.value.start, end: map.entry(direction)!.value.end }, text: 'false' }
        : insertEntry(text, map, direction, 'false')
      : insertEntry(
          text,
          node,
          'enableDefaultDeny',
          `${direction}: false`,
          node.entry('nodeSelector') ? 'nodeSelector' : 'endpointSelector',
        );
    return [{ title: `Allow what is not denied: enableDefaultDeny.${direction}: false`, edits: [edit] }];
  },
});

/** Whether a policy is about all nodes that another is about: its selector asks for nothing else. */
function covers({ selector: wide }: HostPolicyFacts, { selector: narrow }: HostPolicyFacts): boolean {
  return (
    Object.entries(wide.matchLabels).every(([key, value]) => narrow.matchLabels[key] === value) &&
    wide.matchExpressions.every((it) => narrow.matchExpressions.some((other) => JSON.stringify(other) === JSON.stringify(it)))
  );
}
