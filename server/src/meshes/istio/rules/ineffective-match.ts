import { defineRule } from '../../../rules/rule.js';
import { removeItem } from '../../../yaml/edit.js';
import { routeName, shadowsOf } from '../shadows.js';

export const ineffectiveMatch = defineRule({
  id: 'istio/ineffective-match',
  title: 'Match that an earlier one covers',
  severity: 'info',
  category: 'semantics',
  peers: ['IST0131'],
  effect: 'This match never decides anything.',
  why: 'A proxy takes the first match that fits. One whose requests all fit an earlier match is never the first; the rest of its route may still be reached.',
  remedy: 'Delete the match, or move it above the wider one.',
  otherTools: 'istioctl analyze compares equal matches and prefixes; here exact paths and added conditions below a wider match count, too.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - match:
    - uri: { prefix: /api }
    redirect: { authority: api.example.com }
  - match:
    - uri: { prefix: /api/v2 }
    - uri: { prefix: /web }
    redirect: { authority: www.example.com }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: cart, namespace: shop }
spec:
  hosts: [cart]
  http:
  - match:
    - uri: { prefix: /api/v2 }
    - uri: { prefix: /web }
    redirect: { authority: www.example.com }
  - match:
    - uri: { prefix: /api }
    redirect: { authority: api.example.com }
`,
  },

  kinds: ['VirtualService'],
  reads: {},

  *check({ resource }) {
    for (const shadow of shadowsOf(resource.root)) {
      // istioctl tells of each pair of them.
      for (const other of shadow.others)
        yield {
          at: shadow.match!.node,
          severity: 'hint',
          message: `Route "${routeName(shadow, other.route)}" takes what this matches, too.`,
          effect: 'It comes earlier.',
          peers: ['IST0131'],
          related: [{ at: other.node, message: 'the wider match is this' }],
        };
      if (shadow.whole || shadow.match === undefined || shadow.byMatch === undefined) continue;
      const above = shadow.by === shadow.route ? 'Another match of this route' : `Route "${routeName(shadow, shadow.by)}" above`;
      yield {
        at: shadow.match.node,
        message: `${above} already takes ${shadow.ofGet ? 'the GET requests' : 'all'} that this matches.`,
        ...(shadow.ofGet && { effect: 'This match decides for other methods only.' }),
        peers: shadow.peers,
        ...(!shadow.ofGet && { tags: ['unnecessary'] }),
        related: [{ at: shadow.byMatch.node, message: 'the wider match is this' }],
      };
    }
  },

  fix({ resource, problem, text }) {
    const match = shadowsOf(resource.root).find((it) => !it.whole && !it.ofGet && it.match?.node.start === problem.at.start)?.match;
    const list = resource.root
      .list('spec.*.*.match')
      .find((it) => it.type === 'list' && match !== undefined && it.items.includes(match.node));
    if (match === undefined || list?.type !== 'list') return [];
    const edit = removeItem(text, list, match.index);
    return edit === undefined ? [] : [{ title: 'Delete this match', preferred: true, edits: [edit] }];
  },
});
