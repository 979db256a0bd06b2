import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import { routeLists } from '../validation/destinations.js';

export const loneWeight = defineRule({
  id: 'istio/lone-weight',
  title: 'Weight on the only destination of a route',
  severity: 'warning',
  category: 'pitfall',
  peers: ['KIA1104'],
  effect: 'It takes every request all the same.',
  why: 'Weights are shares of one another. A single destination takes all requests of its route whatever its weight; the rest is not dropped and goes nowhere else.',
  remedy: 'Remove the weight, or add the destination that takes the rest.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - route:
    - destination: { host: cart }
      weight: 50
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - route:
    - destination: { host: cart }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  mentions: ['weight'],
  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    for (const route of routeLists(resource.root)) {
      if (route.partial || route.items.length !== 1) continue;
      const at = route.items[0]!.get('weight');
      const weight = at?.number();
      if (at === undefined || weight === undefined || weight <= 0 || weight >= 100) continue;
      yield { at, message: `The only destination of this route has weight ${weight}.` };
    }
  },

  fix({ resource, problem, text }) {
    const item = routeLists(resource.root)
      .flatMap((it) => it.items)
      .find((it) => it.get('weight')?.start === problem.at.start);
    const edit = item?.type === 'map' ? removeEntry(text, item, 'weight') : undefined;
    return edit === undefined ? [] : [{ title: 'Remove "weight"', preferred: true, edits: [edit] }];
  },
});
