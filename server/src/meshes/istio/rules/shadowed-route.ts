import type { Range } from '../../../text/range.js';
import { defineRule, type Fix } from '../../../rules/rule.js';
import { indentOf, removeItem } from '../../../yaml/edit.js';
import { routeName, shadowsOf, type Shadow } from '../shadows.js';

export const shadowedRoute = defineRule({
  id: 'istio/shadowed-route',
  title: 'Route that an earlier route leaves nothing for',
  severity: 'warning',
  category: 'semantics',
  peers: ['IST0130'],
  effect: 'This match is never reached.',
  why: 'A proxy takes the first route that matches. Below a route that takes every request, or the same ones, nothing is left.',
  remedy: 'Move the narrower route up, or delete the one that is never reached.',
  otherTools: 'istioctl analyze sees routes without match and equal ones; here a prefix "/" counts as taking everything, too.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - name: default
    redirect: { authority: www.example.com }
  - match:
    - uri: { prefix: /api }
    redirect: { authority: api.example.com }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - match:
    - uri: { prefix: /api }
    redirect: { authority: api.example.com }
  - name: default
    redirect: { authority: www.example.com }
`,
  },

  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    for (const shadow of shadowsOf(resource.root)) {
      if (!shadow.whole) continue;
      const above = routeName(shadow, shadow.by);
      const all = shadow.byMatch === undefined || shadow.movable || shadow.match === undefined;
      yield {
        at: placeOf(shadow),
        message: all ? `Route "${above}" above takes every request.` : `Route "${above}" above already takes all that this matches.`,
        ...(shadow.match === undefined && { effect: 'This route is never reached.' }),
        peers: shadow.peers,
        tags: ['unnecessary'],
        related: [{ at: shadow.byMatch?.node ?? firstKey(shadow, shadow.by), message: `"${above}" is the earlier route` }],
      };
    }
  },

  fix({ resource, problem, text }) {
    const shadow = shadowsOf(resource.root).find((it) => it.whole && placeOf(it).start === problem.at.start);
    if (shadow === undefined) return [];
    const { list, route, by } = shadow;
    const removal = removeItem(text, list, route);
    if (removal === undefined) return [];
    const fixes: Fix[] = [];
    const [moved, target] = [list.items[route]!, list.items[by]!];
    if (shadow.movable && !list.flow)
      fixes.push({
        title: `Move this route before "${routeName(shadow, by)}"`,
        edits: [
          removal,
          {
            range: { start: target.start, end: target.start },
            text: `${text.slice(moved.start, moved.end).trimEnd()}\n${indentOf(text, list)}- `,
          },
        ],
      });
    fixes.push({ title: 'Delete this route', edits: [removal] });
    return fixes;
  },
});

function placeOf(shadow: Shadow): Range {
  return shadow.match?.node ?? firstKey(shadow, shadow.route);
}

function firstKey({ list }: Shadow, route: number): Range {
  const item = list.items[route]!;
  return (item.type === 'map' ? item.entries[0]?.keyRange : undefined) ?? item;
}
