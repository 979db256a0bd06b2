import { defineRule } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { complaintAboutLabelKey, isLabelValue } from '../validation/names.js';
import { knownEntries, quoted, writtenText } from '../validation/values.js';

export const invalidLabel = defineRule({
  id: 'istio/invalid-label',
  title: 'Label that no workload can have',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Labels are letters, digits, "-", "_" and ".", with a letter or digit at both ends; before their name a DNS name and a slash can stand. There are no wildcards in selectors.',
  remedy: 'Write a label as workloads carry it.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: cart, namespace: shop }
spec:
  address: 192.0.2.10
  labels: { app: "the cart" }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: WorkloadEntry
metadata: { name: cart, namespace: shop }
spec:
  address: 192.0.2.10
  labels: { app: the-cart }
`,
  },

  mentionsIn: { VirtualService: ['sourceLabels', 'workloadSelector'], ServiceEntry: ['endpoints', 'workloadSelector'] },
  kinds: ['VirtualService', 'DestinationRule', 'ServiceEntry', 'WorkloadEntry', 'WorkloadGroup', 'Sidecar', 'EnvoyFilter'],
  reads: {},

  *check({ resource }) {
    const { root, kind } = resource;
    for (const labels of labelMaps(root, kind)) {
      for (const { key, keyRange, value } of knownEntries(labels)) {
        const complaint = complaintAboutLabelKey(key);
        if (complaint !== undefined) yield { at: keyRange, message: `${quoted(key)} is no key of a label: ${complaint}.` };
        const text = writtenText(value);
        if (text !== undefined && !isLabelValue(text)) yield { at: value, message: `${quoted(text)} is no value of a label.` };
      }
    }
    for (const { key, keyRange } of knownEntries(root.get('spec.workloadSelector.labels'))) {
      if (key === '') yield { at: keyRange, message: 'This label has no key.' };
      else if (key.includes('*')) yield { at: keyRange, message: 'There are no wildcards in a selector.' };
    }
  },
});

function labelMaps(root: YamlNode, kind: string): readonly YamlNode[] {
  switch (kind) {
    case 'VirtualService':
      return root.list('spec.*.*.match.*.sourceLabels');
    case 'DestinationRule':
      return root.list('spec.subsets.*.labels');
    case 'ServiceEntry':
      return root.list('spec.endpoints.*.labels');
    case 'WorkloadEntry':
      return root.list('spec.labels');
    case 'WorkloadGroup':
      return root.list('spec.metadata.labels');
    default:
      return [];
  }
}
