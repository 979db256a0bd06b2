import { defineRule } from '../../../rules/rule.js';
import { repairs } from '../validation/repairs.js';
import { isSurelySet, lacksItems } from '../validation/values.js';

export const invalidDelegate = defineRule({
  id: 'istio/invalid-delegate',
  title: 'Delegate with fields of a VirtualService of its own',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'A VirtualService without hosts is a delegate: it is used where another one names it, with HTTP routes and nothing else. Gateways come from that other one, and delegates do not delegate further.',
  remedy: 'Add the "hosts" that are missing, or remove what a delegate cannot have.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  gateways: [mesh]
  http:
  - redirect: { authority: shop.example.com }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  gateways: [mesh]
  hosts: [www.example.com]
  http:
  - redirect: { authority: shop.example.com }
`,
  },

  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    const spec = resource.root.map('spec');
    if (!spec || !lacksItems(resource, spec, 'hosts')) return;
    for (const field of ['gateways', 'tcp', 'tls']) {
      if (isSurelySet(spec, field))
        yield {
          at: spec.entry(field)!.keyRange,
          message: `A VirtualService without hosts is a delegate, which cannot have "${field}".`,
          // Without its only routes it would do nothing.
          ...(field === 'gateways' || spec.has('http') ? { data: { remove: field } } : {}),
        };
    }
    for (const route of spec.list('http.*')) {
      if (route.type === 'map' && isSurelySet(route, 'delegate'))
        yield {
          at: route.entry('delegate')!.keyRange,
          message: 'A VirtualService without hosts is a delegate, which cannot delegate further.',
        };
    }
  },

  fix: repairs,
});
