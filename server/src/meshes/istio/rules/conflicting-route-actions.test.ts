import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { conflictingRouteActions } from './conflicting-route-actions.js';

test('reports what redirects, direct responses and delegates exclude', () => {
  check(
    conflictingRouteActions,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - fault: { abort: { httpStatus: 500 } }
        redirect: { uri: / }
    #   ^^^^^^^^ error istio/conflicting-route-actions 💡 "A route with "fault" cannot have "redirect"."
      - directResponse: { status: 200 }
        route: [{ destination: { host: cart } }]
    #   ^^^^^ error istio/conflicting-route-actions 💡
      - delegate: { name: other }
        redirect: { uri: / }
    #   ^^^^^^^^ error istio/conflicting-route-actions 💡
      - mirror: { host: a }
        mirrors: [{ destination: { host: b } }]
    #   ^^^^^^^ error istio/conflicting-route-actions 💡
      - route: [{ destination: { host: cart } }]
        rewrite: { uri: / }
        fault: { abort: { httpStatus: 500 } }
      - redirect: { uri: / }
        route: []
  `,
  );
});

test('removes the second one', () => {
  const yaml = (more: string) => `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - redirect: { uri: / }${more}
  `;
  checkFix(conflictingRouteActions, yaml('\n        rewrite: { uri: /a }'), 'Remove "rewrite"', yaml(''));
});
