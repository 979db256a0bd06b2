import { resourcesOfFile } from '../../../index/files.js';
import { defineRule } from '../../../rules/rule.js';
import { nameOf } from '../fields.js';
import { earlierOne } from '../lookups.js';
import { REFUSED } from '../names.js';
import { isMirrored } from '../settings.js';
import { entries } from '../tables.js';

export const duplicateConfigEntry = defineRule({
  id: 'consul/duplicate-config-entry',
  title: 'Two namespaces write one config entry',
  severity: 'error',
  category: 'semantics',
  effect: REFUSED,
  why: 'Without namespaces of Enterprise, Consul has one entry a kind and name. Resources of two Kubernetes namespaces would write the same one, so the webhook refuses the second.',
  remedy: 'Rename one of them, or delete it.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: staging }
spec: { protocol: http }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web-staging, namespace: staging }
spec: { protocol: http }
`,
  },

  kinds: [
    'ServiceDefaults',
    'ServiceResolver',
    'ServiceRouter',
    'ServiceSplitter',
    'IngressGateway',
    'TerminatingGateway',
    'ExportedServices',
    'SamenessGroup',
    'JWTProvider',
  ],
  reads: { entries, isMirrored, resourcesOfFile },

  *check({ resource, read }) {
    if (resource.name === '' || resource.namespace === undefined || read.isMirrored()) return;
    const first = earlierOne(read.entries(`${resource.kind}/${resource.name}`), resource.id, read.resourcesOfFile);
    if (first?.data.namespace === undefined || first.data.namespace === resource.namespace) return;
    yield {
      at: nameOf(resource),
      certainty: 'owned',
      message: `${resource.kind} "${resource.name}" is in "${first.data.namespace}" too, and Consul has one entry of that name.`,
      related: [{ at: first, message: `the same entry is stated here` }],
    };
  },
});
