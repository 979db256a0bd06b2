import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { injectAnnotationMisplaced } from './inject-annotation-misplaced.js';

test('wants annotations of pods in the pod template', () => {
  check(
    injectAnnotationMisplaced,
    `
    kind: Deployment
    metadata: { name: a, namespace: shop, annotations: { linkerd.io/inject: enabled, config.linkerd.io/proxy-log-level: debug } }
    #                                                    ^^^^^^^^^^^^^^^^^ warning linkerd/inject-annotation-misplaced 💡 ""linkerd.io/inject" is for the pod template, not for a Deployment. It has no effect here."
    #                                                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning linkerd/inject-annotation-misplaced 💡 ""config.linkerd.io/proxy-log-level" is for the pod template, not for a Deployment. It has no effect here."
    spec: { template: { metadata: { labels: { app: a } } } }
    ---
    kind: StatefulSet
    metadata: { name: b, namespace: shop, annotations: { linkerd.io/inject: enabled } }
    spec: { template: { metadata: { annotations: { linkerd.io/inject: enabled } } } }
    ---
    kind: Server
    metadata: { name: c, namespace: shop, annotations: { config.linkerd.io/default-inbound-policy: deny } }
    #                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning linkerd/inject-annotation-misplaced 💡 ""config.linkerd.io/default-inbound-policy" is for pods, not for a Server. It has no effect here."
    spec: { podSelector: {}, port: 80 }

  `,
  );
});
