import { serviceHost } from '../../../model/hosts.js';
import { defineRule } from '../../../rules/rule.js';
import { linkerdConfig } from '../settings.js';
import { changeFixes } from '../suggestions.js';

export const serviceprofileNameInvalid = defineRule({
  id: 'linkerd/serviceprofile-name-invalid',
  title: 'ServiceProfile whose name is not that of a Service',
  severity: 'warning',
  category: 'reference',
  effect: 'It is never looked up.',
  why: 'A proxy looks up the profile of a Service by its whole DNS name: service, namespace, svc and the domain of the cluster. Names of other hosts are looked up only by pods with config.linkerd.io/enable-external-profiles.',
  remedy: 'Name it service.namespace.svc.cluster.local.',
  example: {
    bad: `
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: cart, namespace: shop }
spec: { routes: [{ name: items, condition: { pathRegex: /items } }] }
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
  reads: { linkerdConfig },

  *check({ resource, read }) {
    const { name, namespace, root, partial } = resource;
    if (name === '' || partial) return;
    const { clusterDomain } = read.linkerdConfig();
    const [service = '', place, mark, ...domain] = name.split('.');
    if (place && mark === 'svc' && (domain.length >= 2 || domain.join('.') === clusterDomain)) return;
    const isForeign = !name.includes('.svc') && name.split('.').length > 2 && !name.endsWith(`.${clusterDomain}`);
    const meant = place ?? namespace;
    yield {
      at: root.get('metadata.name')!,
      message: `"${name}" is not the whole DNS name of a Service, as "service.namespace.svc.${clusterDomain}".`,
      ...(isForeign && { severity: 'info', effect: 'Only pods with config.linkerd.io/enable-external-profiles look it up.' }),
      data: {
        values: isForeign || meant === undefined || service === '' ? [] : [serviceHost(service, meant, clusterDomain)],
        isCertain: false,
      },
    };
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
