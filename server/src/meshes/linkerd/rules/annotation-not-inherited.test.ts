import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { annotationNotInherited } from './annotation-not-inherited.js';

test('knows what pods take over', () => {
  check(
    annotationNotInherited,
    `
    kind: Namespace
    metadata: { name: shop, annotations: { config.linkerd.io/debug-image: x, config.linkerd.io/proxy-cpu-ratio-limit: "0.5", config.linkerd.io/proxy-cpu-limit: "1" } }
    #                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning linkerd/annotation-not-inherited 💡 "Pods do not take "config.linkerd.io/debug-image" over from their Namespace. It has no effect here."
    #                                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning linkerd/annotation-not-inherited 💡 "Pods do not take "config.linkerd.io/proxy-cpu-ratio-limit" over from their Namespace. It has no effect here."
    ---
    kind: Pod
    metadata: { name: a, namespace: shop, annotations: { config.linkerd.io/debug-image: x } }

  `,
  );
});
