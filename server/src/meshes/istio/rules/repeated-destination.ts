import { removeEntry, removeItem, replaceValue } from '../../../yaml/edit.js';
import type { YamlNode } from '../../../yaml/node.js';
import { displayHost } from '../../../model/hosts.js';
import { defineRule } from '../../../rules/rule.js';
import { canonicalHost } from '../hosts.js';
import { routeLists } from '../validation/destinations.js';

export const repeatedDestination = defineRule({
  id: 'istio/repeated-destination',
  title: 'Route lists one destination twice',
  severity: 'warning',
  category: 'pitfall',
  peers: ['KIA1105'],
  effect: 'Their weights add up.',
  why: 'Two entries with the same host, subset and port are one destination with the sum of their weights. Usually a subset was to be another one.',
  remedy: 'Correct the subset of one of them, or merge them.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - route:
    - { destination: { host: cart }, weight: 90 }
    - { destination: { host: cart.shop.svc.cluster.local }, weight: 10 }
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
    - { destination: { host: cart } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    for (const route of routeLists(resource.root)) {
      if (route.items.length < 2) continue;
      const destinations = route.items.flatMap((item) => {
        const node = item.get('destination');
        const written = node?.text('host');
        if (
          node === undefined ||
          written === undefined ||
          written === '' ||
          isHidden(node.get('subset')) ||
          isHidden(node.get('port.number'))
        )
          return [];
        const host = canonicalHost(written, resource.namespace);
        const subset = node.text('subset') ?? '';
        return [{ node, host, subset, service: `${host}|${subset}`, key: `${host}|${subset}|${node.number('port.number') ?? ''}` }];
      });
      for (const { node, host, subset, service, key } of destinations) {
        const others = destinations.filter((it) => it.key === key && it.node !== node);
        const name = subset === '' ? `"${displayHost(host)}"` : `Subset "${subset}" of "${displayHost(host)}"`;
        const otherPorts = destinations.filter((it) => it.service === service && it.node !== node);
        if (others.length === 0 && otherPorts.length > 0)
          yield {
            at: node.get('port.number') ?? node.get('subset') ?? node.get('host')!,
            severity: 'hint',
            message: `${name} is a destination of this route on several ports.`,
            effect: 'Requests are shared between the ports.',
            related: otherPorts.map((it) => ({
              at: it.node.get('port.number') ?? it.node.get('host')!,
              message: 'the other port is here',
            })),
          };
        if (others.length === 0) continue;
        yield {
          at: node.get('subset') ?? node.get('host')!,
          message: `${name} is ${others.length === 1 ? 'twice' : `${others.length + 1} times`} a destination of this route.`,
          related: others.map((it) => ({ at: it.node.get('subset') ?? it.node.get('host')!, message: 'the same destination' })),
        };
      }
    }
  },

  fix({ resource, problem, text }) {
    const list = routeLists(resource.root).find((it) => it.start <= problem.at.start && problem.at.end <= it.end);
    if (list === undefined) return [];
    const marked = list.items.find((it) => it.start <= problem.at.start && problem.at.end <= it.end);
    const same = list.items.filter(
      (it) => marked && destinationText(it, resource.namespace) === destinationText(marked, resource.namespace),
    );
    const weights = same.map((it) => it.number('weight'));
    const [first, second] = same;
    if (same.length !== 2 || first?.type !== 'map' || !second || weights.some((it) => it === undefined)) return [];
    const sum = weights.reduce<number>((total, it) => total + (it ?? 0), 0);
    const removal = removeItem(text, list, list.items.indexOf(second));
    const own = list.items.length === 2 ? removeEntry(text, first, 'weight') : replaceValue(text, first.get('weight')!, sum);
    return removal && own ? [{ title: `Make one destination of both, with weight ${sum}`, edits: [own, removal] }] : [];
  },
});

function isHidden(node: { readonly type: string; readonly opaque?: boolean } | undefined): boolean {
  return node?.type === 'scalar' && node.opaque === true;
}

function destinationText(item: YamlNode, namespace: string | undefined): string {
  const host = canonicalHost(item.text('destination.host') ?? '', namespace);
  return [host, item.text('destination.subset') ?? '', item.number('destination.port.number') ?? ''].join('|');
}
