import { defineRule } from '../../../rules/rule.js';
import { REFUSED } from '../names.js';

export const splitterWeightRange = defineRule({
  id: 'consul/splitter-weight-range',
  title: 'Weight of a splitter that cannot be',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'A weight is 0, or a share from 0.01 to 100 percent.',
  remedy: 'Use 0, or a number from 0.01 to 100.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceSplitter
metadata: { name: web, namespace: shop }
spec:
  splits:
  - { weight: 100, serviceSubset: v1 }
  - { weight: 0.001, serviceSubset: v2 }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec:
  subsets:
    v1: { filter: Service.Meta.version == v1 }
    v2: { filter: Service.Meta.version == v2 }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceSplitter
metadata: { name: web, namespace: shop }
spec:
  splits:
  - { weight: 100, serviceSubset: v1 }
  - { weight: 0, serviceSubset: v2 }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec:
  subsets:
    v1: { filter: Service.Meta.version == v1 }
    v2: { filter: Service.Meta.version == v2 }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
`,
  },

  kinds: ['ServiceSplitter'],
  reads: {},

  *check({ resource }) {
    for (const node of resource.root.list('spec.splits.*.weight')) {
      const weight = node.number();
      if (weight !== undefined && weight !== 0 && (weight < 0.01 || weight > 100))
        yield { at: node, message: `A weight is 0, or from 0.01 to 100; this is ${weight}.` };
    }
  },
});
