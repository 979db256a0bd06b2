import { removeItem } from '../../../yaml/edit.js';
import { defineRule } from '../../../rules/rule.js';
import type { YamlNode } from '../../../yaml/node.js';
import { hasOpaque } from '../../kubernetes/fields.js';
import { keyRange } from '../ranges.js';

export const repeatedMatch = defineRule({
  id: 'gateway-api/repeated-match',
  title: 'An earlier rule of the route takes the same requests',
  severity: 'warning',
  category: 'semantics',
  effect: 'It is never reached.',
  why: 'Where several rules of a route match a request equally well, the first one takes it. A match that stands in an earlier rule too adds nothing; a rule with no match takes every request.',
  remedy: 'Make one rule of the two, or tell their matches apart.',
  example: {
    bad: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  rules:
  - matches: [{ path: { value: /cart } }]
    filters: [{ type: RequestRedirect, requestRedirect: { hostname: www.example.com } }]
  - matches: [{ path: { type: PathPrefix, value: /cart } }]
    filters: [{ type: RequestRedirect, requestRedirect: { hostname: cart.example.com } }]
`,
    good: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  rules:
  - matches: [{ path: { value: /cart } }]
    filters: [{ type: RequestRedirect, requestRedirect: { hostname: www.example.com } }]
  - matches: [{ path: { type: Exact, value: /cart } }]
    filters: [{ type: RequestRedirect, requestRedirect: { hostname: cart.example.com } }]
`,
  },

  kinds: ['HTTPRoute', 'GRPCRoute'],
  reads: {},

  *check({ resource }) {
    if (resource.partial) return;
    const seen = new Map<string, { node: YamlNode; rule: number }>();
    for (const [index, rule] of resource.root.list('spec.rules.*').entries()) {
      const list = rule.get('matches');
      if (list && hasOpaque(list)) return;
      const matches = rule.list('matches.*');
      for (const node of matches.length === 0 ? [rule] : matches) {
        const text = matches.length === 0 ? matchText(undefined, resource.kind) : matchText(node, resource.kind);
        const earlier = seen.get(text);
        if (!earlier) {
          seen.set(text, { node, rule: index });
          continue;
        }
        const first = rule.type === 'map' ? rule.entries[0]?.keyRange : undefined;
        yield {
          at: matches.length === 0 ? (keyRange(rule, 'name') ?? first ?? rule) : node,
          message:
            earlier.rule === index
              ? 'This rule lists the same match twice.'
              : matches.length === 0
                ? 'An earlier rule takes every request already.'
                : 'An earlier rule has the same match.',
          ...(earlier.rule === index && { effect: 'The second adds nothing.' }),
          related: [{ at: { start: earlier.node.start, end: earlier.node.end }, message: 'The earlier one is here' }],
          tags: ['unnecessary'],
        };
      }
    }
  },

  fix({ resource, problem, text }) {
    const isAround = (it: YamlNode): boolean => it.start <= problem.at.start && problem.at.end <= it.end;
    const rules = resource.root.get('spec.rules');
    const rule = rules?.type === 'list' ? rules.items.find(isAround) : undefined;
    const matches = rule?.get('matches');
    if (matches?.type === 'list' && matches.items.length > 1) {
      const edit = removeItem(text, matches, matches.items.findIndex(isAround));
      return edit ? [{ title: 'Delete this match', edits: [edit] }] : [];
    }
    const edit = rules?.type === 'list' && rule ? removeItem(text, rules, rules.items.indexOf(rule)) : undefined;
    return edit ? [{ title: 'Delete this rule', edits: [edit] }] : [];
  },
});

/** A match in one comparable form, defaults filled in. */
function matchText(match: YamlNode | undefined, kind: string): string {
  const named = (path: string): readonly string[] =>
    (match?.list(path) ?? []).map((it) => [it.text('name')?.toLowerCase(), it.text('type') ?? 'Exact', it.text('value')].join('=')).sort();
  const target =
    kind === 'HTTPRoute'
      ? [match?.text('path.type') ?? 'PathPrefix', pathOf(match), match?.text('method') ?? '']
      : [match?.text('method.type') ?? 'Exact', match?.text('method.service') ?? '', match?.text('method.method') ?? ''];
  return JSON.stringify([target, named('headers.*'), named('queryParams.*')]);
}

/** `/cart/` as a prefix is `/cart`. */
function pathOf(match: YamlNode | undefined): string {
  const path = match?.text('path.value') ?? '/';
  return (match?.text('path.type') ?? 'PathPrefix') === 'PathPrefix' && path.length > 1 ? path.replace(/\/$/, '') : path;
}
