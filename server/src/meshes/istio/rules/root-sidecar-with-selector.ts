import { defineRule } from '../../../rules/rule.js';
import { labelsAt } from '../kinds/shared.js';
import { meshConfig } from '../mesh-config.js';
import { removeEntry } from '../../../yaml/edit.js';
import { keyRange } from '../places.js';

export const rootSidecarWithSelector = defineRule({
  id: 'istio/root-sidecar-with-selector',
  title: 'Sidecar of the root namespace has a workload selector',
  severity: 'warning',
  category: 'semantics',
  peers: ['KIA1006'],
  effect: 'It is no default for the mesh.',
  why: 'A Sidecar in the root namespace is the default for every namespace that has none of its own, but only without a workloadSelector. With one it is for pods of the root namespace.',
  remedy: 'Remove workloadSelector, or move the Sidecar to the namespace of the workload.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: istio-system }
spec:
  workloadSelector: { labels: { istio: ingressgateway } }
  egress: [{ hosts: ["*/*"] }]
`,
    good: `
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: default, namespace: istio-system }
spec:
  egress: [{ hosts: ["*/*"] }]
`,
  },

  kinds: ['Sidecar'],
  reads: { meshConfig },

  *check({ resource, read }) {
    const { rootNamespace } = read.meshConfig();
    if (resource.namespace !== rootNamespace) return;
    const at = keyRange(resource.root, 'spec.workloadSelector');
    if (!at || Object.keys(labelsAt(resource.root, 'spec.workloadSelector.labels') ?? {}).length === 0) return;
    yield { at, message: `"${rootNamespace}" is the root namespace, and this Sidecar selects single workloads.` };
  },

  fix({ resource, text }) {
    const spec = resource.root.map('spec');
    const edit = spec && removeEntry(text, spec, 'workloadSelector');
    return edit ? [{ title: 'Make it the default of the mesh: remove "workloadSelector"', edits: [edit] }] : [];
  },
});
