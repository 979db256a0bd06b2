import { defineRule } from '../../../rules/rule.js';
import { workloadsByLabel } from '../../kubernetes/tables.js';
import { serviceOfProfile } from '../kinds/others.js';
import { changeFixes } from '../suggestions.js';

export const serviceprofileNamespaceMismatch = defineRule({
  id: 'linkerd/serviceprofile-namespace-mismatch',
  title: 'ServiceProfile in a namespace where nobody looks for it',
  severity: 'info',
  category: 'semantics',
  effect: 'It has no effect.',
  why: 'A profile is looked for in the namespace of the client first, then in that of the Service. In any other namespace nobody finds it.',
  remedy: 'Put it into the namespace of the Service, or of the clients that it is for.',
  example: {
    bad: `
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: cart.shop.svc.cluster.local, namespace: infra }
spec: { routes: [{ name: items, condition: { pathRegex: /items } }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: cart.shop.svc.cluster.local, namespace: shop }
spec: { routes: [{ name: items, condition: { pathRegex: /items } }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['ServiceProfile'],
  reads: { workloadsByLabel },

  *check({ resource, read }) {
    const { name, namespace, root } = resource;
    const service = serviceOfProfile(name);
    if (service === undefined || namespace === undefined || namespace === service.namespace) return;
    if (read.workloadsByLabel(`${namespace}/`).length > 0) return;
    yield {
      at: root.get('metadata.namespace') ?? root.get('metadata.name')!,
      message: `"${service.name}" is in "${service.namespace}", and no workload in this workspace that could be its client is in "${namespace}".`,
      data: { values: [service.namespace], isCertain: false },
    };
  },

  fix: ({ resource, problem, text }) => (resource.root.has('metadata.namespace') ? changeFixes(resource.root, problem, text) : []),
});
