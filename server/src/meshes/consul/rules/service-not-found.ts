import { isPlaceholder } from '../../../model/placeholders.js';
import { namespaceKey, type Resource, UNKNOWN_NAMESPACE } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { shown } from '../../../schema/words.js';
import { nearest } from '../../../text/nearest.js';
import type { YamlNode } from '../../../yaml/node.js';
import { servicesIn } from '../../kubernetes/tables.js';
import { changeToNear, present } from '../fields.js';
import { otherServicesOf } from '../kinds/traffic.js';
import { isKnownService, servicesInView } from '../lookups.js';
import { ANY } from '../names.js';

export const serviceNotFound = defineRule({
  id: 'consul/service-not-found',
  title: 'Service that nothing in the workspace is',
  severity: 'info',
  category: 'reference',
  effect: 'Nothing answers to that name.',
  why: 'A name of Consul is that of a Service, of an annotation of pods, of a registration or a gateway. For another one there is no instance, so that traffic to it fails and intentions for it mean nothing.',
  remedy: 'Correct the name.',
  example: {
    bad: `
apiVersion: v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec: { selector: { app: checkout }, ports: [{ port: 80 }] }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: chekout }
  sources: [{ name: '*', action: deny }]
`,
    good: `
apiVersion: v1
kind: Service
metadata: { name: checkout, namespace: shop }
spec: { selector: { app: checkout }, ports: [{ port: 80 }] }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceIntentions
metadata: { name: web, namespace: shop }
spec:
  destination: { name: checkout }
  sources: [{ name: '*', action: deny }]
`,
  },

  kinds: [
    'ServiceRouter',
    'ServiceSplitter',
    'ServiceResolver',
    'ServiceIntentions',
    'TerminatingGateway',
    'IngressGateway',
    'ExportedServices',
  ],
  reads: { isKnownService, servicesInView, servicesIn },

  *check({ resource, read }) {
    if (!read.servicesInView()) return;
    const told = new Set<string>();
    for (const node of namesIn(resource)) {
      const name = node.text();
      if (name === undefined || name === '' || name.includes(ANY) || told.has(name) || isPlaceholder(name) || read.isKnownService(name))
        continue;
      told.add(name);
      const near = nearest(
        name,
        [namespaceKey(resource.namespace), UNKNOWN_NAMESPACE].flatMap((it) => read.servicesIn(it).map((service) => service.data.name)),
      );
      yield {
        at: node,
        certainty: near === undefined ? 'owned' : 'near',
        message: `No service "${shown(name)}" is in this workspace${near === undefined ? '' : ` ("${near}" is)`}.`,
        ...(near !== undefined && { data: near }),
      };
    }
  },

  fix: changeToNear,
});

/** Names of services as the kind writes them; those of other places left out. */
function namesIn(resource: Resource): readonly YamlNode[] {
  const { kind, root } = resource;
  const here = (holder: YamlNode): YamlNode | undefined =>
    present(holder, ['peer', 'namespace', 'partition', 'samenessGroup']).length > 0 ? undefined : holder.get('name');
  switch (kind) {
    case 'ServiceIntentions':
      return [...root.list('spec.destination'), ...root.list('spec.sources.*')].flatMap((it) => here(it) ?? []);
    case 'IngressGateway':
      return root.list('spec.listeners.*.services.*').flatMap((it) => here(it) ?? []);
    case 'TerminatingGateway':
    case 'ExportedServices':
      return root.list('spec.services.*').flatMap((it) => here(it) ?? []);
    default:
      return otherServicesOf(resource).flatMap((it) => it.serviceNode ?? []);
  }
}
