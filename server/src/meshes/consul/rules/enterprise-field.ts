import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import { mapAt } from '../fields.js';
import { isEnterprise } from '../settings.js';

/** Fields by kind; those of the targets of a failover are let through. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  ServiceResolver: ['spec.redirect.namespace', 'spec.redirect.partition', 'spec.failover.*.namespace'],
  ServiceRouter: ['spec.routes.*.destination.namespace', 'spec.routes.*.destination.partition'],
  ServiceSplitter: ['spec.splits.*.namespace', 'spec.splits.*.partition'],
  ServiceIntentions: ['spec.destination.namespace', 'spec.sources.*.namespace', 'spec.sources.*.partition'],
  ServiceDefaults: ['spec.upstreamConfig.defaults.partition', 'spec.upstreamConfig.overrides.*.partition'],
  IngressGateway: ['spec.listeners.*.services.*.namespace', 'spec.listeners.*.services.*.partition'],
  TerminatingGateway: ['spec.services.*.namespace'],
  ExportedServices: ['spec.services.*.namespace', 'spec.services.*.consumers.*.partition'],
};

export const enterpriseField = defineRule({
  id: 'consul/enterprise-field',
  title: 'Field that needs Consul Enterprise',
  severity: 'error',
  category: 'schema',
  effect: 'The open-source edition refuses it.',
  why: 'Namespaces and partitions of Consul are a feature of Enterprise. The webhook of the open-source edition refuses resources that name one.',
  remedy: 'Remove the field, or set consul.edition to enterprise where that is what the cluster runs.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: web }
  sources:
  - { name: api, namespace: team-a, action: allow }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: web }
  sources:
  - { name: api, action: allow }
`,
  },

  kinds: [
    'ServiceResolver',
    'ServiceRouter',
    'ServiceSplitter',
    'ServiceIntentions',
    'ServiceDefaults',
    'IngressGateway',
    'TerminatingGateway',
    'ExportedServices',
  ],
  reads: { isEnterprise },

  *check({ resource, read }) {
    if (read.isEnterprise()) return;
    for (const path of FIELDS[resource.kind] ?? []) {
      const field = path.slice(path.lastIndexOf('.') + 1);
      for (const node of resource.root.list(path)) {
        const written = node.text();
        if (written === undefined || written === '') continue;
        yield { at: node, message: `"${field}" needs Consul Enterprise.`, data: field };
      }
    }
  },

  fix({ resource, problem, text }) {
    const map = mapAt(resource, problem.at);
    // An export to a partition alone would be one to nobody.
    if (resource.kind === 'ExportedServices' && map?.entries.length === 1) return [];
    const removal = map && removeEntry(text, map, problem.data as string);
    return removal ? [{ title: `Remove "${String(problem.data)}"`, edits: [removal] }] : [];
  },
});
