import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import type { YamlMap } from '../../../yaml/node.js';
import { isSet, isSurelySet } from '../validation/values.js';

/** What excludes what; both orders mean the same. */
const CONFLICTS: readonly (readonly [string, readonly string[]])[] = [
  ['delegate', ['route', 'redirect']],
  ['redirect', ['route', 'fault', 'rewrite', 'directResponse']],
  ['directResponse', ['route', 'fault', 'rewrite']],
  ['mirror', ['mirrors']],
];

/** What becomes of requests; a route has to have one of them. */
const ACTIONS = ['route', 'redirect', 'directResponse', 'delegate'];

export const conflictingRouteActions = defineRule({
  id: 'istio/conflicting-route-actions',
  title: 'Parts of a route that exclude each other',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'A redirect and a direct response answer the request at the proxy, so that there is nothing left to route, rewrite or delay; a delegate brings destinations of its own; "mirror" is the old form of "mirrors".',
  remedy: 'Keep the one that is meant.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - rewrite: { uri: /new }
    redirect: { authority: shop.example.com }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - redirect: { authority: shop.example.com, uri: /new }
`,
  },

  mentions: ['delegate', 'redirect', 'directResponse', 'mirror'],
  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    for (const route of resource.root.list('spec.http.*')) {
      if (route.type !== 'map') continue;
      for (const [one, others] of CONFLICTS) {
        // A root route with a delegate is held against nothing else.
        if (!isSurelySet(route, one) || (one !== 'delegate' && one !== 'mirror' && isSet(route, 'delegate'))) continue;
        for (const other of others.filter((it) => isSurelySet(route, it))) {
          const [first, second] = [route.entry(one)!, route.entry(other)!].sort((a, b) => a.keyRange.start - b.keyRange.start);
          yield {
            at: second!.keyRange,
            message: `A route with "${first!.key}" cannot have "${second!.key}".`,
            related: [{ at: first!.keyRange, message: `"${first!.key}" is set here` }],
            data: [second!.key, first!.key],
          };
        }
      }
    }
  },

  fix({ resource, problem, text }) {
    const route = resource.root.list('spec.http.*').find((it) => it.start <= problem.at.start && problem.at.end <= it.end);
    if (route?.type !== 'map') return [];
    return (problem.data as readonly string[]).flatMap((key) => {
      const edit = leavesAction(route, key) ? removeEntry(text, route, key) : undefined;
      return edit ? [{ title: `Remove "${key}"`, edits: [edit] }] : [];
    });
  },
});

function leavesAction(route: YamlMap, removed: string): boolean {
  return !ACTIONS.includes(removed) || ACTIONS.some((it) => it !== removed && isSet(route, it));
}
