import { namespaceKey } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import { defineRule } from '../../../rules/rule.js';
import { isOpen, labelsAt } from '../kinds/shared.js';
import { keyRange, placeOfName } from '../places.js';
import { workloadGroups } from '../tables.js';
import { quotedList } from '../words.js';

export const duplicateWorkloadGroups = defineRule({
  id: 'istio/duplicate-workload-groups',
  title: 'Several WorkloadGroups with the same labels',
  severity: 'warning',
  category: 'semantics',
  peers: ['KIA1702'],
  effect: 'Their machines cannot be told apart.',
  why: 'Services and policies find the machines of a group by its labels. Two groups with equal labels are one to them.',
  remedy: 'Give each group a label of its own, or make them one.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: { name: old, namespace: shop }
spec: { metadata: { labels: { app: legacy } }, template: {} }
---
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: { name: new, namespace: shop }
spec: { metadata: { labels: { app: legacy } }, template: {} }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: { name: old, namespace: shop }
spec: { metadata: { labels: { app: legacy, version: v1 } }, template: {} }
---
apiVersion: networking.istio.io/v1
kind: WorkloadGroup
metadata: { name: new, namespace: shop }
spec: { metadata: { labels: { app: legacy, version: v2 } }, template: {} }
`,
  },

  kinds: ['WorkloadGroup'],
  reads: { workloadGroups },

  *check({ resource, read }) {
    const { root } = resource;
    if (!root.has('spec.metadata') || isOpen(resource, 'spec.metadata')) return;
    const key = `${namespaceKey(resource.namespace)}/${selectorText(labelsAt(root, 'spec.metadata.labels') ?? {})}`;
    const others = read.workloadGroups(key).filter((it) => it.data.name !== resource.name);
    if (others.length === 0) return;
    yield {
      at: keyRange(root, 'spec.metadata.labels') ?? keyRange(root, 'spec.metadata') ?? placeOfName(resource),
      certainty: resource.namespace === undefined ? 'unseen' : 'proven',
      message: `WorkloadGroup ${quotedList(others.map((it) => it.data.name))} ${others.length === 1 ? 'has' : 'have'} the same labels.`,
      related: others.slice(0, 5).map((it) => ({ at: it, message: `WorkloadGroup "${it.data.name}"` })),
    };
  },
});
