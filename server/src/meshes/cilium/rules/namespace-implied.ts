import { UNKNOWN_NAMESPACE } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { quotedList } from '../../../text/words.js';
import { insertEntry } from '../../../yaml/edit.js';
import { ANY_NAMESPACE, namespaceNamed, selectedWorkloads } from '../../kubernetes/lookups.js';
import { hiddenWorkloads } from '../../kubernetes/tables.js';
import { deploymentOf, policyWith } from '../examples.js';
import { allEntries, peerSelectors } from '../policy.js';
import { asksForLabels, endpointSelectorIn, podsOf, selectorWords } from '../selectors.js';

export const namespaceImplied = defineRule({
  id: 'cilium/namespace-implied',
  title: 'Peers in another namespace, without the namespace',
  severity: 'info',
  category: 'pitfall',
  effect: 'The peer is not matched.',
  why: 'Labels of peers are compared with pods in the namespace of the policy, unless the selector says something of the namespace. A peer elsewhere needs its namespace beside its labels.',
  remedy: 'Add "k8s:io.kubernetes.pod.namespace" to the labels.',
  example: {
    bad:
      policyWith('  ingress: [{ fromEndpoints: [{ matchLabels: { app: front } }] }]') + deploymentOf('web') + deploymentOf('front', 'edge'),
    good:
      policyWith('  ingress: [{ fromEndpoints: [{ matchLabels: { app: front, "k8s:io.kubernetes.pod.namespace": edge } }] }]') +
      deploymentOf('web') +
      deploymentOf('front', 'edge'),
  },

  kinds: ['CiliumNetworkPolicy'],
  reads: { pickedWorkloads: selectedWorkloads, namespaces: namespaceNamed, hiddenWorkloads },

  *check({ resource, read }) {
    const { namespace } = resource;
    if (namespace === undefined || read.hiddenWorkloads(namespace).length > 0) return;
    for (const at of allEntries(resource).flatMap(peerSelectors)) {
      const selector = endpointSelectorIn(at);
      if (selector.isOpaque || selector.namesNamespace || !asksForLabels(selector)) continue;
      if (podsOf(selector, namespace, false, read)?.length !== 0) continue;
      if (podsOf({ ...selector, namespaces: [UNKNOWN_NAMESPACE] }, undefined, false, read)?.length !== 0) continue;
      const elsewhere = podsOf({ ...selector, namespaces: [ANY_NAMESPACE] }, namespace, false, read) ?? [];
      const places = [...new Set(elsewhere.flatMap((it) => it.data.namespace ?? []))].sort();
      if (places.length === 0) continue;
      yield {
        at,
        message: `No pod of "${namespace}" has ${selectorWords(selector)}; pods of ${quotedList(places)} do.`,
        related: elsewhere.slice(0, 3).map((it) => ({ at: it, message: `${it.data.kind} "${it.data.name}" of "${it.data.namespace}"` })),
        data: { start: at.start, places: places.slice(0, 3) },
      };
    }
  },

  fix({ resource, problem, text }) {
    const { start, places } = problem.data as { start: number; places: readonly string[] };
    const labels = allEntries(resource)
      .flatMap(peerSelectors)
      .find((it) => it.start === start)
      ?.map('matchLabels');
    return labels
      ? places.map((it) => ({
          title: `Mean the pods of "${it}"`,
          edits: [insertEntry(text, labels, 'k8s:io.kubernetes.pod.namespace', it)],
        }))
      : [];
  },
});
