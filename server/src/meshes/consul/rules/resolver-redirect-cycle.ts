import type { Definition } from '../../../model/facts.js';
import { defineRule } from '../../../rules/rule.js';
import { holds, nameOf } from '../fields.js';
import { NOT_SYNCED } from '../names.js';
import { resolversOf } from '../tables.js';
import { targetIn } from '../targets.js';

export const resolverRedirectCycle = defineRule({
  id: 'consul/resolver-redirect-cycle',
  title: 'Redirects go round in a circle',
  severity: 'error',
  category: 'semantics',
  effect: NOT_SYNCED,
  why: 'A redirect hands the traffic to the resolver of another service. Where that leads back, no service is ever reached, and the servers refuse the entry.',
  remedy: 'Let one of the resolvers end the chain.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec: { redirect: { service: api } }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: api, namespace: shop }
spec: { redirect: { service: web } }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: web, namespace: shop }
spec: { redirect: { service: api } }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceResolver
metadata: { name: api, namespace: shop }
spec: { connectTimeout: 5s }
`,
  },

  kinds: ['ServiceResolver'],
  reads: { resolversOf },

  *check({ resource, read }) {
    const { root, name } = resource;
    const redirect = root.map('spec.redirect');
    if (redirect === undefined || name === '' || !holds(redirect, 'service')) return;
    const target = targetIn(redirect, name);
    if (target.hidden || target.elsewhere !== '' || (target.service === name && target.subset !== '')) return;
    const path: Definition[] = [];
    const names = [name];
    let next = target.service;
    while (next !== name) {
      if (names.includes(next)) return; // a circle that this one leads into, but is no part of
      names.push(next);
      const [resolver] = read.resolversOf(next);
      const onward = resolver?.data.redirect;
      if (!resolver || !onward || onward.elsewhere !== '') return;
      path.push(resolver);
      next = onward.service;
    }
    yield {
      at: target.serviceNode ?? nameOf(resource),
      message: `This redirect leads back here: ${[...names, name].slice(0, 5).join(' to ')}.`,
      related: path.slice(0, 5).map((it, i) => ({ at: it, message: `"${names[i + 1]!}" is redirected here` })),
    };
  },
});
