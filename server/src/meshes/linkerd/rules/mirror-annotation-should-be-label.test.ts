import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { mirrorAnnotationShouldBeLabel } from './mirror-annotation-should-be-label.js';

test('wants a label', () => {
  check(
    mirrorAnnotationShouldBeLabel,
    `
    kind: Service
    metadata: { name: a, namespace: shop, annotations: { mirror.linkerd.io/exported: "true", mirror.linkerd.io/probe-path: /ready } }
    #                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^ warning linkerd/mirror-annotation-should-be-label 💡 ""mirror.linkerd.io/exported" is a label, and no annotation. It is not exported."
    ---
    kind: Service
    metadata: { name: b, namespace: shop, labels: { mirror.linkerd.io/federated: member }, annotations: { mirror.linkerd.io/federated: member } }

  `,
  );
});
