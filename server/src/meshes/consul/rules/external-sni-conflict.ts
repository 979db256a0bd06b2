import { defineRule } from '../../../rules/rule.js';
import { keyOf, present, specOf } from '../fields.js';
import { NOT_SYNCED } from '../names.js';
import { serviceDefaultsOf } from '../tables.js';

export const externalSniConflict = defineRule({
  id: 'consul/external-sni-conflict',
  title: 'Name of an external server beside subsets, redirect or failover',
  severity: 'error',
  category: 'semantics',
  effect: NOT_SYNCED,
  why: 'externalSNI says that the service is one server outside of the mesh. The servers refuse to split, redirect or fail over such a service.',
  remedy: 'Remove externalSNI from the ServiceDefaults, or the settings from the resolver.',
  example: {
    bad: `
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
spec: { protocol: http, externalSNI: web.example.com }
`,
    good: `
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

  kinds: ['ServiceResolver'],
  reads: { serviceDefaultsOf },

  *check({ resource, read }) {
    const spec = specOf(resource);
    const [defaults] = resource.name === '' ? [] : read.serviceDefaultsOf(resource.name);
    if (spec === undefined || defaults?.data.hasExternalSni !== true) return;
    const [field] = present(spec, ['redirect', 'subsets', 'failover']);
    if (field !== undefined)
      yield {
        at: keyOf(spec, field),
        message: `"${resource.name}" has an "externalSNI" in its ServiceDefaults, so it takes no "${field}".`,
        related: [{ at: defaults, message: '"externalSNI" is set here' }],
      };
  },
});
