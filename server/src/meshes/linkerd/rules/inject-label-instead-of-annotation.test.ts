import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { injectLabelInsteadOfAnnotation } from './inject-label-instead-of-annotation.js';

test('wants annotations, but for the label of the webhooks', () => {
  check(
    injectLabelInsteadOfAnnotation,
    `
    kind: Namespace
    metadata: { name: shop, labels: { linkerd.io/inject: enabled, config.linkerd.io/admission-webhooks: disabled } }
    #                                 ^^^^^^^^^^^^^^^^^ warning linkerd/inject-label-instead-of-annotation 💡 ""linkerd.io/inject" is an annotation, and no label. It has no effect."
    ---
    kind: Deployment
    metadata: { name: a, namespace: shop }
    spec: { template: { metadata: { labels: { app: a, config.linkerd.io/proxy-log-level: debug } } } }
    #                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning linkerd/inject-label-instead-of-annotation 💡 ""config.linkerd.io/proxy-log-level" is an annotation, and no label. It has no effect."
    ---
    kind: Service
    metadata: { name: b, namespace: shop, labels: { linkerd.io/inject: enabled }, annotations: { linkerd.io/inject: enabled } }
    #                                               ^^^^^^^^^^^^^^^^^ warning linkerd/inject-label-instead-of-annotation 💡 ""linkerd.io/inject" is an annotation, and no label. It has no effect."

  `,
  );
});
