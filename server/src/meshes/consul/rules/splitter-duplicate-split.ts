import { defineRule } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { placeOf } from '../fields.js';
import { NOT_SYNCED } from '../names.js';
import { targetIn, targetText } from '../targets.js';

export const splitterDuplicateSplit = defineRule({
  id: 'consul/splitter-duplicate-split',
  title: 'Two splits lead to the same place',
  severity: 'error',
  category: 'semantics',
  effect: NOT_SYNCED,
  why: 'A splitter names each destination once. A split without service leads to the service of the splitter itself.',
  remedy: 'Merge the two weights.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceSplitter
metadata: { name: web, namespace: shop }
spec:
  splits:
  - { weight: 60, serviceSubset: v1 }
  - { weight: 40, service: web, serviceSubset: v1 }
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
    const first = new Map<string, YamlNode>();
    for (const split of resource.root.list('spec.splits.*')) {
      const target = targetIn(split, resource.name);
      if (target.hidden || (split.type === 'map' && split.partial)) continue;
      const key = JSON.stringify([target.service, target.subset, split.text('namespace') ?? '', split.text('partition') ?? '']);
      const earlier = first.get(key);
      if (earlier)
        yield {
          at: target.subsetNode ?? target.serviceNode ?? placeOf(split),
          message: `An earlier split leads to "${targetText(target)}" too.`,
          related: [{ at: placeOf(earlier), message: 'the earlier split is here' }],
        };
      else first.set(key, split);
    }
  },
});
