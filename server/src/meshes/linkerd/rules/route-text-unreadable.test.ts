import { expect, test } from 'vitest';
import { analyzeWithSchemas } from '../../../../../test/support/analyze.js';
import { check } from '../../../../../test/support/check.js';
import { routeTextUnreadable } from './route-text-unreadable.js';

test('expressions as Rust reads them, and values of one line', () => {
  check(
    routeTextUnreadable,
    `
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec:
      parentRefs: [{ group: core, kind: Service, name: cart }]
      rules:
      - matches:
        - path: { type: RegularExpression, value: "/(?!admin).*" }
    #                                               ^^^ error linkerd/route-text-unreadable "Linkerd cannot read this regular expression: it has no look-ahead. The webhook rejects it. Write an expression that does without, or an exact value or prefix."
        - headers: [{ type: RegularExpression, name: x, value: "(a" }, { type: Exact, name: y, value: "(a" }]
    #                                                           ^ error linkerd/route-text-unreadable
        - queryParams: [{ type: RegularExpression, name: q, value: "a++|(?x) b" }]
        filters: [{ type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: x, value: "a\\nb" }, { name: y, value: "a b" }] } }]
    #                                                                                             ^^^^^^ error linkerd/route-text-unreadable
  `,
  );
});

test('a route of a Gateway is of no concern, and what the Gateway API says gives way', () => {
  const rulesOf = (parent: string): readonly string[] =>
    analyzeWithSchemas(
      [
        {
          uri: 'file:///route.yaml',
          text: `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [${parent}]
  rules: [{ matches: [{ path: { type: RegularExpression, value: "/(?=a)b" } }] }]
`,
        },
      ],
      { world: 'open', mesh: 'linkerd' },
    )
      .diagnostics.map((it) => it.rule)
      .filter((it) => it.includes('unreadable'));
  expect(rulesOf('{ group: "", kind: Service, name: cart, port: 80 }')).toEqual(['linkerd/route-text-unreadable']);
  expect(rulesOf('{ name: edge }')).toEqual(['gateway-api/unreadable-regex']);
});
