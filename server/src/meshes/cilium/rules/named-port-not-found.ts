import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { quotedList } from '../../../text/words.js';
import { replaceValue } from '../../../yaml/edit.js';
import type { Definition } from '../../../model/facts.js';
import { namespaceNamed, pickedWorkloads } from '../../kubernetes/lookups.js';
import type { Workload } from '../../kubernetes/tables.js';
import { deploymentOf, policyWith } from '../examples.js';
import { policyFactsIn } from '../facts.js';
import { entriesOf, peersOf, peerSelectors, POLICY_KINDS } from '../policy.js';
import { endpointSelectorIn, podsOf } from '../selectors.js';

export const namedPortNotFound = defineRule({
  id: 'cilium/named-port-not-found',
  title: 'Port by a name that the pods do not have',
  severity: 'warning',
  category: 'reference',
  effect: 'This rule never matches.',
  why: 'A name stands for the container port of that name: of the selected pods for what comes in, of the peers for what goes out. Where no pod has it, the rule is about no port.',
  remedy: 'Use the name of a container port, or its number.',
  example: {
    bad:
      policyWith('  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: metrics, protocol: TCP }] }] }]') +
      deploymentOf('web'),
    good:
      policyWith('  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: http, protocol: TCP }] }] }]') + deploymentOf('web'),
  },

  kinds: POLICY_KINDS,
  reads: { pickedWorkloads, namespaces: namespaceNamed },

  *check({ resource, read }) {
    for (const { part, facts } of policyFactsIn(resource)) {
      for (const entry of entriesOf(part)) {
        const named = entry.node.list('toPorts.*.ports.*.port').filter((it) => /[a-zA-Z]/.test(it.text() ?? ''));
        if (named.length === 0) continue;
        if (entry.direction === 'egress' && peersOf(entry).some((it) => it.key !== 'toEndpoints')) continue;
        const selectors = entry.direction === 'ingress' ? [facts.selector] : peerSelectors(entry).map(endpointSelectorIn);
        const found = selectors.map((it) => podsOf(it, resource.namespace, facts.isClusterwide, read));
        const pods = found.flatMap((it) => it ?? []);
        // Every selector has to be known, and no pod may hide a port.
        if (found.some((it) => it === undefined || it.length === 0) || pods.some((it) => it.data.containersIncomplete)) continue;
        const ports = portsOf(pods);
        for (const at of named) {
          const name = at.text()!;
          if (pods.length === 0 || ports.some((it) => it.name === name)) continue;
          const names = [...new Set(ports.flatMap((it) => it.name ?? []))].sort();
          const near = nearest(name, names);
          const numbers = [...new Set(ports.flatMap((it) => it.number ?? []))];
          yield {
            at,
            certainty: near === undefined ? 'owned' : 'near',
            message: `No pod that this is about has a port "${name}"${names.length === 0 ? '' : ` (${quotedList(names)} ${names.length === 1 ? 'exists' : 'exist'})`}.`,
            related: pods.slice(0, 3).map((it) => ({ at: it, message: `${it.data.kind} "${it.data.name}" is one of them` })),
            data: near ?? (numbers.length === 1 ? String(numbers[0]) : null),
          };
        }
      }
    }
  },

  fix({ resource, problem, text }) {
    const node = policyFactsIn(resource)
      .flatMap((it) => entriesOf(it.part))
      .flatMap((it) => it.node.list('toPorts.*.ports.*.port'))
      .find((it) => it.start === problem.at.start);
    return node && typeof problem.data === 'string'
      ? [{ title: `Change to "${problem.data}"`, edits: [replaceValue(text, node, problem.data)] }]
      : [];
  },
});

function portsOf(pods: readonly Definition<Workload>[]) {
  return pods.flatMap((it) => it.data.containers.flatMap((container) => container.ports));
}
