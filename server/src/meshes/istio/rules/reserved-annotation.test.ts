import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { reservedAnnotation } from './reserved-annotation.js';

test('reports dry runs of what has none, and annotations of the control plane', () => {
  check(
    reservedAnnotation,
    `
    kind: VirtualService
    metadata: { name: a, namespace: shop, annotations: { istio.io/dry-run: "true", internal.istio.io/parents: x } }
    #                                                    ^^^^^^^^^^^^^^^^ error istio/reserved-annotation 💡 "A VirtualService has no dry run."
    #                                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^ error istio/reserved-annotation 💡
    ---
    kind: AuthorizationPolicy
    metadata: { name: b, namespace: shop, annotations: { istio.io/dry-run: "yes" } }
    #                                                                      ^^^^^ error istio/reserved-annotation
    spec: { action: DENY }
    ---
    kind: AuthorizationPolicy
    metadata: { name: c, namespace: shop, annotations: { istio.io/dry-run: "true" } }
    #                                                    ^^^^^^^^^^^^^^^^ error istio/reserved-annotation 💡
    spec: { action: AUDIT }
    ---
    kind: AuthorizationPolicy
    metadata: { name: d, namespace: shop, annotations: { istio.io/dry-run: "true" } }
  `,
  );
});

test('takes the annotation away', () => {
  const yaml = (annotations: string) => `
    kind: VirtualService
    metadata: { name: a, namespace: shop, annotations: { ${annotations} } }
    spec: { http: [{ redirect: { uri: / } }] }
  `;
  checkFix(reservedAnnotation, yaml('a: b, istio.io/dry-run: "true"'), 'Remove "istio.io/dry-run"', yaml('a: b'));
});
