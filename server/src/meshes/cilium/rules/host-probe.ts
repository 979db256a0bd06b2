import { defineRule } from '../../../rules/rule.js';
import { insertItem } from '../../../yaml/edit.js';
import { namespaceNamed, pickedWorkloads } from '../../kubernetes/lookups.js';
import { membershipsOf } from '../../kubernetes/mesh-membership.js';
import { workloadKey } from '../../kubernetes/tables.js';
import { contains, addressIn, prefixIn } from '../addresses.js';
import { saysSomething } from '../coverage.js';
import { deploymentOf, policyWith } from '../examples.js';
import { policyFactsIn } from '../facts.js';
import { policiesOfWorkload } from '../lookups.js';
import { partsOf, POLICY_KINDS } from '../policy.js';
import { podsOf } from '../selectors.js';
import type { EntryFacts } from '../tables.js';

/** Where probes of the kubelet come from in ambient. */
const PROBES = '169.254.7.127';
const AMBIENT = '---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }\n';
const RULE = '{ fromEntities: [remote-node], toPorts: [{ ports: [{ port: "15008", protocol: TCP }, { port: "8080", protocol: TCP }] }] }';

export const hostProbe = defineRule({
  id: 'cilium/host-probe',
  title: 'Policy that may keep health checks from pods in ambient',
  severity: 'info',
  category: 'pitfall',
  effect: 'Their health checks may fail.',
  why: 'In Istio ambient, checks that the kubelet makes reach a pod from 169.254.7.127, which Cilium does not take for the own node. A policy that denies by default has to allow that address.',
  remedy: 'Allow 169.254.7.127/32.',
  example: {
    bad: policyWith(`  ingress: [${RULE}]`) + AMBIENT + deploymentOf('web'),
    good: policyWith(`  ingress: [${RULE}, { fromCIDR: [169.254.7.127/32] }]`) + AMBIENT + deploymentOf('web'),
  },

  kinds: POLICY_KINDS,
  reads: { pickedWorkloads, namespaces: namespaceNamed, membershipsOf, policiesOfWorkload },

  *check({ resource, read }) {
    for (const { part, facts } of policyFactsIn(resource)) {
      if (facts.incomplete || !facts.ingress.isDefaultDeny || !facts.ingress.allow.some(saysSomething)) continue;
      const pods = podsOf(facts.selector, resource.namespace, facts.isClusterwide, read) ?? [];
      const pod = pods.find(
        (it) =>
          read.membershipsOf(workloadKey(it.data)).some(({ plane }) => plane === 'istio-ambient') &&
          !read
            .policiesOfWorkload(workloadKey(it.data))
            .some(({ policy }) => policy.data.incomplete || policy.data.ingress.allow.some(admitsProbes)),
      );
      const at = part.node.entry('ingress')?.keyRange;
      if (pod && at)
        yield {
          at,
          message: `"${pod.data.name}" is in Istio ambient, and no policy allows health checks from ${PROBES}.`,
          related: [{ at: pod, message: `${pod.data.kind} "${pod.data.name}" is here` }],
          data: part.path,
        };
    }
  },

  fix({ resource, problem, text }) {
    const list = partsOf(resource)
      .find((it) => it.path === problem.data)
      ?.node.get('ingress');
    return list?.type === 'list' ? [{ title: `Allow ${PROBES}/32`, edits: [insertItem(text, list, `fromCIDR:\n- ${PROBES}/32`)] }] : [];
  },
});

function admitsProbes(entry: EntryFacts): boolean {
  const { peers } = entry;
  if (!saysSomething(entry)) return false;
  if (peers === undefined) return true;
  switch (peers.field) {
    case 'fromEntities':
      return peers.texts.some((it) => ['host', 'all', 'world', 'world-ipv4', 'cluster'].includes(it));
    case 'fromCIDR':
    case 'fromCIDRSet':
      return peers.texts.some((it) => {
        const range = prefixIn(it) ?? addressIn(it);
        // A group of ranges, or one with exceptions, may hold it.
        return range === undefined || contains(range, addressIn(PROBES)!);
      });
    default:
      return false;
  }
}
