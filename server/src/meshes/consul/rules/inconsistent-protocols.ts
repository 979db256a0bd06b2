import { defineRule } from '../../../rules/rule.js';
import { nameOf } from '../fields.js';
import { otherServicesOf } from '../kinds/traffic.js';
import { isHttp, protocolOf } from '../lookups.js';
import { NOT_SYNCED } from '../names.js';

export const inconsistentProtocols = defineRule({
  id: 'consul/inconsistent-protocols',
  title: 'Services of different protocols in one chain',
  severity: 'error',
  category: 'semantics',
  effect: NOT_SYNCED,
  why: 'All services that a router, a splitter, a redirect or a failover joins have one protocol; the servers refuse the entry that joins others.',
  remedy: 'Give the services one protocol.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec: { redirect: { service: api } }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: api, namespace: shop }
spec: { protocol: grpc }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec: { redirect: { service: api } }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: api, namespace: shop }
spec: { protocol: http }
`,
  },

  kinds: ['ServiceRouter', 'ServiceSplitter', 'ServiceResolver'],
  reads: { protocolOf },

  *check({ resource, read }) {
    if (resource.name === '') return;
    const own = read.protocolOf(resource.name);
    const others = otherServicesOf(resource);
    // A router or splitter of a service that is no HTTP is refused for that.
    if (resource.kind !== 'ServiceResolver' && ![own, ...others.map((it) => read.protocolOf(it.service))].every((it) => isHttp(it.name)))
      return;
    for (const { service, serviceNode } of others) {
      const { name: protocol, decidedBy } = read.protocolOf(service);
      if (protocol === undefined || own.name === undefined || protocol === own.name) continue;
      yield {
        at: serviceNode ?? nameOf(resource),
        certainty: decidedBy && own.decidedBy ? 'proven' : 'owned',
        message: `"${service}" is ${protocol}, and "${resource.name}" is ${own.name}; what is joined has one protocol.`,
        related: [own.decidedBy, decidedBy].flatMap((it) => (it ? [{ at: it, message: `${it.data.kind} "${it.data.name}" says so` }] : [])),
      };
      return;
    }
  },
});
