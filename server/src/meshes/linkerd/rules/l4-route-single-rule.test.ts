import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { l4RouteSingleRule } from './l4-route-single-rule.js';

test('wants exactly one rule on parents of Linkerd', () => {
  check(
    l4RouteSingleRule,
    `
    kind: TCPRoute
    metadata: { name: two, namespace: shop }
    spec:
      parentRefs: [{ group: policy.linkerd.io, kind: EgressNetwork, name: out, port: 1 }]
      rules: [{ backendRefs: [{ name: a, port: 1 }] }, { backendRefs: [{ name: b, port: 1 }] }]
    #                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error linkerd/l4-route-single-rule "A TCPRoute on a parent of Linkerd has exactly one rule; this has 2. The webhook rejects it. Put all backends into one rule."
    ---
    kind: TLSRoute
    metadata: { name: none, namespace: shop }
    spec: { parentRefs: [{ group: policy.linkerd.io, kind: EgressNetwork, name: out, port: 1 }], rules: [] }
    #                                                                                            ^^^^^ error linkerd/l4-route-single-rule "A TLSRoute on a parent of Linkerd has exactly one rule; this has none. The webhook rejects it. Put all backends into one rule."
    ---
    kind: TCPRoute
    metadata: { name: gateway, namespace: shop }
    spec: { parentRefs: [{ name: public }], rules: [{ backendRefs: [] }, { backendRefs: [] }] }

  `,
  );
});
