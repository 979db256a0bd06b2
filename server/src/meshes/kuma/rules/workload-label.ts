import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import { POD_KINDS } from '../../kubernetes/pod-templates.js';
import { keySites } from '../keys.js';

export const workloadLabel = defineRule({
  id: 'kuma/workload-label',
  title: 'Pods have the label that Kuma itself sets',
  severity: 'error',
  category: 'semantics',
  effect: 'The injector refuses these pods.',
  why: 'Kuma computes label kuma.io/workload for Dataplanes, and metrics and policies rely on it. A pod that brings it is refused.',
  remedy: 'Remove the label.',
  example: {
    bad: `
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, labels: { app: cart, kuma.io/workload: cart } }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop, labels: { app: cart } }
spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: POD_KINDS,
  reads: {},

  *check({ resource }) {
    for (const { name, field, carrier, keyRange } of keySites(resource))
      if (name === 'kuma.io/workload' && field === 'labels' && carrier === 'Pod')
        yield { at: keyRange, message: 'Pods cannot have label "kuma.io/workload"; Kuma sets it.' };
  },

  fix({ resource, problem, text }) {
    const site = keySites(resource).find((it) => it.keyRange.start === problem.at.start);
    const removal = site && removeEntry(text, site.map, site.name);
    return removal === undefined ? [] : [{ title: 'Remove "kuma.io/workload"', preferred: true, edits: [removal] }];
  },
});
