import { ownedNamespaces } from '../../../index/settings.js';
import { UNKNOWN_NAMESPACE } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import type { YamlNode } from '../../../yaml/node.js';
import { ANY_NAMESPACE, namespaceNamed, pickedWorkloads } from '../../kubernetes/lookups.js';
import { hiddenWorkloads, workloadsByLabel } from '../../kubernetes/tables.js';
import { deploymentOf, policyWith } from '../examples.js';
import { policyFactsIn } from '../facts.js';
import { partsOf, POLICY_KINDS } from '../policy.js';
import { asksForLabels, placesOf, podsOf, selectorWords, splitSource } from '../selectors.js';

export const selectsNothing = defineRule({
  id: 'cilium/selects-nothing',
  title: 'Policy that selects no pod',
  severity: 'warning',
  category: 'reference',
  effect: 'The policy does nothing, and what it was to protect stays open.',
  why: 'A selector compares labels of pods in the namespace of the policy, or in every namespace for a clusterwide one. Where no pod carries all of them, the policy is accepted and does nothing.',
  remedy: 'Use labels that the pods carry: those of the pod template, not of the Deployment.',
  example: {
    bad: policyWith('  ingress: [{}]').replace('app: web', 'app: wbe') + deploymentOf('web'),
    good: policyWith('  ingress: [{}]') + deploymentOf('web'),
  },

  kinds: POLICY_KINDS,
  reads: { pickedWorkloads, namespaces: namespaceNamed, workloadsByLabel, hiddenWorkloads, ownedNamespaces },

  *check({ resource, read }) {
    for (const { part, facts } of policyFactsIn(resource)) {
      const { selector, isClusterwide } = facts;
      if (facts.incomplete || selector.isOpaque || !asksForLabels(selector)) continue;
      const places = placesOf(selector, resource.namespace, isClusterwide) ?? [ANY_NAMESPACE];
      // Where the namespace is not known, pods of any may be meant.
      const wide = places.includes(UNKNOWN_NAMESPACE) ? [UNKNOWN_NAMESPACE, ANY_NAMESPACE] : places;
      if (wide.some((it) => read.hiddenWorkloads(it).length > 0)) continue;
      const picked = podsOf(selector, resource.namespace, isClusterwide, read);
      if (picked === undefined || picked.length > 0) continue;
      const place = places[0]!;
      const here = places.flatMap((it) => read.workloadsByLabel(`${it}/`)).filter((it) => !it.data.hostNetwork);
      if (here.length === 0) continue;
      const labels = Object.entries(selector.pods.matchLabels);
      const wrong = labels.filter(([label, value]) => read.workloadsByLabel(`${place}/${label}=${value}`).length === 0);
      const [label, value] = wrong[0] ?? [];
      const near =
        label === undefined || value === undefined
          ? undefined
          : nearest(
              value,
              here.flatMap((it) => it.data.labels[label] ?? []),
            );
      const node = part.node.get('endpointSelector')!;
      const isOwned = (place !== ANY_NAMESPACE && place !== UNKNOWN_NAMESPACE) || read.ownedNamespaces().includes(place);
      const carriers = near === undefined ? [] : here.filter((it) => it.data.labels[label!] === near);
      yield {
        at: (wrong.length === 1 ? valueOf(node, label!) : undefined) ?? part.node.entry('endpointSelector')!.keyRange,
        certainty: near !== undefined ? 'near' : isOwned ? 'owned' : 'unseen',
        message: `No workload${place === ANY_NAMESPACE ? ' in this workspace' : place === UNKNOWN_NAMESPACE ? '' : ` of "${place}"`} has ${short(selectorWords({ ...selector, namespaces: undefined }))}${near === undefined ? '' : ` ("${near}" exists)`}.`,
        related: carriers.slice(0, 3).map((it) => ({ at: it, message: `${it.data.kind} "${it.data.name}" has ${label}=${near}` })),
        ...(near !== undefined && { data: { path: part.path, label, near } }),
      };
    }
  },

  fix({ resource, problem, text }) {
    const change = problem.data as { path: string; label: string; near: string } | undefined;
    const part = partsOf(resource).find((it) => it.path === change?.path);
    const node = change && part && valueOf(part.node.get('endpointSelector'), change.label);
    return node ? [{ title: `Change to ${change.label}=${change.near}`, edits: [replaceValue(text, node, change.near)] }] : [];
  },
});

function valueOf(selector: YamlNode | undefined, label: string): YamlNode | undefined {
  return selector?.map('matchLabels')?.entries.find((it) => splitSource(it.key).name === label)?.value;
}

function short(text: string): string {
  return text.length > 70 ? `${text.slice(0, 69)}…` : text;
}
