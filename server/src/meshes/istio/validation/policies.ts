import { keptForLatest } from '../../../yaml/latest.js';
import type { YamlMap, YamlNode } from '../../../yaml/node.js';

/** Traffic policies of a DestinationRule: its own, those of subsets, and those of ports in either. */
export const trafficPolicies = keptForLatest((root): readonly { readonly policy: YamlMap; readonly ofPort: boolean }[] => {
  const own = [...root.list('spec.trafficPolicy'), ...root.list('spec.subsets.*.trafficPolicy')];
  return own.flatMap((it) => [
    ...(it.type === 'map' ? [{ policy: it, ofPort: false }] : []),
    ...it.list('portLevelSettings.*').flatMap((port) => (port.type === 'map' ? [{ policy: port, ofPort: true }] : [])),
  ]);
});

/** Connection pools of a DestinationRule or a Sidecar. */
export const connectionPools = keptForLatest((root): readonly YamlMap[] => {
  const nodes: readonly YamlNode[] = [
    ...trafficPolicies(root).flatMap(({ policy }) => policy.list('connectionPool')),
    ...root.list('spec.ingress.*.connectionPool'),
    ...root.list('spec.inboundConnectionPool'),
  ];
  return nodes.filter((it) => it.type === 'map');
});
