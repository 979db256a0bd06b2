import { defineRule, type Problem } from '../../../rules/rule.js';
import { policyWith } from '../examples.js';
import { allEntries, hasItems, l7FieldsOf, POLICY_KINDS, portRulesOf, type PolicyEntry } from '../policy.js';
import { ciliumSettings, type CiliumSettings } from '../settings.js';
import { REJECTED } from '../texts.js';

export const featureTurnedOff = defineRule({
  id: 'cilium/feature-turned-off',
  title: 'Policy that needs something that is turned off',
  severity: 'error',
  category: 'policy',
  effect: REJECTED,
  why: 'Rules about requests need the L7 proxy, peers that are nodes need labels of nodes, and authentication needs SPIRE and a single cluster. The settings "cilium.l7Proxy", "cilium.nodeSelectorLabels", "cilium.mutualAuth" and "cilium.clusterMesh" say what a cluster has; where they are silent, nothing is reported.',
  remedy: 'Turn it on in the cluster and in the settings, or write the policy without it.',
  example: {
    bad: policyWith(
      '  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ method: GET }] } }] }]',
    ),
    good: policyWith('  ingress: [{ fromEntities: [cluster], toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }]'),
    settings: { cilium: { l7Proxy: false } },
  },

  kinds: POLICY_KINDS,
  reads: { ciliumSettings },

  *check({ resource, read }) {
    const options = read.ciliumSettings();
    for (const entry of allEntries(resource)) yield* complaints(entry, options);
  },
});

function* complaints(entry: PolicyEntry, options: CiliumSettings): Generator<Problem> {
  const { node, direction } = entry;
  for (const rule of options.l7Proxy ? [] : portRulesOf(entry)) {
    const at = rule.node.entry('rules')?.keyRange;
    if (at && l7FieldsOf(rule).length > 0)
      yield { at, message: 'Rules about requests need the L7 proxy, which is off here (cilium.l7Proxy).' };
  }
  const nodes = node.entry(direction === 'ingress' ? 'fromNodes' : 'toNodes');
  if (options.nodeSelectorLabels === false && nodes && hasItems(nodes.value))
    yield { at: nodes.keyRange, message: `"${nodes.key}" needs labels of nodes, which are off here (cilium.nodeSelectorLabels).` };
  const mode = node.get('authentication.mode');
  if (mode?.text() !== 'required') return;
  const why =
    options.mutualAuth === false
      ? 'is off here (cilium.mutualAuth)'
      : options.clusterMesh
        ? 'does not work across clusters (cilium.clusterMesh)'
        : '';
  if (why !== '')
    yield { at: mode, severity: 'warning', message: `Mutual authentication ${why}.`, effect: 'All of its traffic is dropped.' };
}
