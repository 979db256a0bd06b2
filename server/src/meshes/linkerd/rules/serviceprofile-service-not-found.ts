import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { servicesNamed } from '../../kubernetes/lookups.js';
import { servicesIn } from '../../kubernetes/tables.js';
import { serviceOfProfile } from '../kinds/others.js';
import { hasServicesOf } from '../lookups.js';
import { linkerdConfig } from '../settings.js';
import { changeFixes, lackOf } from '../suggestions.js';

export const serviceprofileServiceNotFound = defineRule({
  id: 'linkerd/serviceprofile-service-not-found',
  title: 'ServiceProfile of a Service that does not exist',
  severity: 'warning',
  category: 'reference',
  effect: 'It has no effect.',
  why: 'The name of a profile is the DNS name of the Service that it is about. Where there is no such Service, nobody calls it, and nobody looks the profile up.',
  remedy: 'Correct the name.',
  example: {
    bad: `
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: crat.shop.svc.cluster.local, namespace: shop }
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
  reads: { servicesNamed, servicesIn, hasServicesOf, linkerdConfig },

  *check({ resource, read }) {
    const service = serviceOfProfile(resource.name);
    if (service === undefined || service.domain !== read.linkerdConfig().clusterDomain) return;
    const { name, namespace, domain } = service;
    if (read.servicesNamed(`${namespace}/${name}`).length > 0) return;
    const { certainty, where, data } = lackOf(
      name,
      read.servicesIn(namespace).map((it) => it.data.name),
      read.hasServicesOf(namespace),
    );
    yield {
      at: resource.root.get('metadata.name')!,
      certainty,
      message: `No Service "${displayName({ name, namespace })}" exists${where}.`,
      data: { ...data, values: data.values.map((it) => `${it}.${namespace}.svc.${domain}`) },
    };
  },

  fix: ({ resource, problem, text }) => changeFixes(resource.root, problem, text),
});
