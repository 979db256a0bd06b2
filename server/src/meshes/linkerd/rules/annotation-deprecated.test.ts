import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { annotationDeprecated } from './annotation-deprecated.js';

test('knows the names of today', () => {
  check(
    annotationDeprecated,
    `
    kind: Namespace
    metadata: { name: shop, annotations: { config.alpha.linkerd.io/proxy-enable-native-sidecar: "true", config.linkerd.io/disable-identity: "true", config.linkerd.io/proxy-enable-native-sidecar: "true" } }
    #                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info linkerd/annotation-deprecated 💡 ""config.alpha.linkerd.io/proxy-enable-native-sidecar" is called "config.linkerd.io/proxy-enable-native-sidecar" today."
    #                                                                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info linkerd/annotation-deprecated 💡 "Linkerd does not read "config.linkerd.io/disable-identity" any more."

  `,
  );
});
