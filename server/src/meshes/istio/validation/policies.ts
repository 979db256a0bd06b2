import { keptForLatest } from '../../../yaml/latest.js';
import type { YamlMap, YamlNode } from '../../../yaml/node.js';

/** Traffic policies of a DestinationRule: its own, those of subsets, and those of ports in either. */
export const trafficPolicies = keptForLatest((root): readonly { readonly policy: YamlMap; readonly ofPort: boolean }[] => {
  const found: { readonly policy: YamlMap; readonly ofPort: boolean }[] = [];
  for (const policy of [...root.list('spec.trafficPolicy'), ...root.list('spec.subsets.*.trafficPolicy')]) {
    if (policy.type === 'map') found.push({ policy, ofPort: false });
    for (const port of policy.list('portLevelSettings.*')) if (port.type === 'map') found.push({ policy: port, ofPort: true });
  }
  return found;
});

/** Connection pools of a DestinationRule or a Sidecar. */
export const connectionPools = keptForLatest((root): readonly YamlMap[] => {
  const nodes: readonly (YamlNode | undefined)[] = [
    ...trafficPolicies(root).map(({ policy }) => policy.get('connectionPool')),
    ...root.list('spec.ingress.*.connectionPool'),
    root.get('spec.inboundConnectionPool'),
  ];
  return nodes.filter((it) => it?.type === 'map');
});
