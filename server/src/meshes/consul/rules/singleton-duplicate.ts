import { displayName } from '../../../model/resource.js';
import { resourcesOfFile } from '../../../index/files.js';
import { defineRule } from '../../../rules/rule.js';
import { nameOf } from '../fields.js';
import { earlierOne } from '../lookups.js';
import { REFUSED } from '../names.js';
import { singletons } from '../tables.js';

export const singletonDuplicate = defineRule({
  id: 'consul/singleton-duplicate',
  title: 'Entry that exists once is stated twice',
  severity: 'error',
  category: 'semantics',
  effect: REFUSED,
  why: 'A cluster takes one such entry, whatever the namespace. The webhook refuses the second one.',
  remedy: 'Merge the two, and delete one.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ProxyDefaults
metadata: { name: global, namespace: consul }
spec: { config: { protocol: http } }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ProxyDefaults
metadata: { name: global, namespace: shop }
spec: { meshGateway: { mode: local } }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ProxyDefaults
metadata: { name: global, namespace: consul }
spec: { config: { protocol: http }, meshGateway: { mode: local } }
`,
  },

  kinds: ['ProxyDefaults', 'Mesh', 'ControlPlaneRequestLimit', 'RateLimit'],
  reads: { singletons, resourcesOfFile },

  *check({ resource, read }) {
    if (resource.name === '') return;
    const found = read.singletons(resource.kind);
    const first = earlierOne(found, resource.id, read.resourcesOfFile);
    if (first === undefined) return;
    yield {
      at: nameOf(resource),
      certainty: 'owned',
      message: `This workspace has more than one ${resource.kind}, and a cluster takes one.`,
      related: [{ at: first, message: `${resource.kind} "${displayName(first.data)}" is stated here` }],
    };
  },
});
