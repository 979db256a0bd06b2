import { repairs } from '../validation/repairs.js';
import { defineRule } from '../../../rules/rule.js';
import { isWhole, placeOfLack } from '../validation/values.js';

export const emptySelector = defineRule({
  id: 'istio/empty-selector',
  title: 'Selector without labels',
  severity: 'warning',
  category: 'schema',
  peers: ['IST0133'],
  effect: 'It selects every workload of the namespace.',
  why: 'A selector without labels selects everything, as a missing one does, but looks as if it were for some workloads.',
  remedy: 'Add labels, or remove the selector.',
  example: {
    bad: `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: some, namespace: shop }
spec:
  selector: {}
  mtls: { mode: PERMISSIVE }
`,
    good: `
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec:
  mtls: { mode: PERMISSIVE }
`,
  },

  mentions: ['selector', 'workloadSelector'],
  kinds: [
    'AuthorizationPolicy',
    'PeerAuthentication',
    'RequestAuthentication',
    'Telemetry',
    'WasmPlugin',
    'TrafficExtension',
    'ProxyConfig',
    'DestinationRule',
    'Sidecar',
    'ServiceEntry',
    'EnvoyFilter',
  ],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    if (!isWhole(resource)) return;
    for (const selector of [...root.list('spec.selector'), ...root.list('spec.workloadSelector')]) {
      if (selector.type !== 'map' || selector.partial || selector.entries.some((it) => it.keyOpaque)) continue;
      const labels = selector.get('matchLabels') ?? selector.get('labels');
      const isEmpty =
        labels === undefined ||
        (labels.type === 'map' && labels.entries.length === 0 && !labels.partial) ||
        (labels.type === 'scalar' && labels.value === null && !labels.opaque);
      const key = root.get('spec.selector') === selector ? 'selector' : 'workloadSelector';
      if (isEmpty) yield { at: placeOfLack(root, selector), message: 'This selector has no labels.', data: { remove: key } };
    }
  },

  fix: repairs,
});
