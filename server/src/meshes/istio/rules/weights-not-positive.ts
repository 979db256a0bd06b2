import { insertEntry, replaceValue } from '../../../yaml/edit.js';
import { defineRule } from '../../../rules/rule.js';
import { routeLists } from '../validation/destinations.js';
import { isWhole, placeOfLack } from '../validation/values.js';

export const weightsNotPositive = defineRule({
  id: 'istio/weights-not-positive',
  title: 'Weights that leave no destination any traffic',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Weights are shares of one another and need not add up to 100, but one of several destinations has to have a share, and none can have less than nothing.',
  remedy: 'Give a destination a weight above 0.',
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
      weight: 0
    - destination: { host: basket }
      weight: 0
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: basket, namespace: shop }
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
      weight: 100
    - destination: { host: basket }
      weight: 0
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: basket, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    for (const list of routeLists(resource.root)) {
      for (const at of list.list('*.weight')) {
        if ((at.number() ?? 0) < 0) yield { at, message: 'A destination cannot have a weight below 0.' };
      }
      if (list.partial || !isWhole(resource) || list.items.length < 2) continue;
      // Only with a template in it may a missing weight be another than 0.
      const isNothing = list.items.every((it) => it.type === 'map' && !it.partial && (!it.has('weight') || it.number('weight') === 0));
      if (isNothing)
        yield {
          at: list.items[0]!.get('weight') ?? placeOfLack(resource.root, list.items[0]!),
          message: 'All destinations of this route have weight 0.',
          data: 'share',
        };
    }
  },

  fix({ resource, problem, text }) {
    const list = routeLists(resource.root).find((it) => it.start <= problem.at.start && problem.at.end <= it.end);
    if (problem.data !== 'share' || list === undefined) return [];
    const share = Math.floor(100 / list.items.length);
    const edits = list.items.flatMap((item, i) => {
      const weight = i === 0 ? 100 - share * (list.items.length - 1) : share;
      const node = item.get('weight');
      if (item.type !== 'map') return [];
      return [node ? replaceValue(text, node, weight) : insertEntry(text, item, 'weight', String(weight))];
    });
    return [{ title: 'Give every destination an equal share', edits }];
  },
});
