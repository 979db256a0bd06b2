import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { annotationUnknown } from './annotation-unknown.js';

test('knows the names, those of former times too', () => {
  check(
    annotationUnknown,
    `
    kind: Namespace
    metadata: { name: shop, annotations: { config.linkerd.io/skip-inbound-port: "80", config.alpha.linkerd.io/proxy-enable-native-sidecar: "true", example.org/a: b } }
    #                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning linkerd/annotation-unknown 💡 "Linkerd knows no annotation "config.linkerd.io/skip-inbound-port" ("config.linkerd.io/skip-inbound-ports" exists). It has no effect."
    ---
    kind: Deployment
    metadata: { name: a, namespace: shop }
    spec: { template: { metadata: { annotations: { config.linkerd.io/nothing-like-it-at-all: x } } } }
    #                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning linkerd/annotation-unknown 💡 "Linkerd knows no annotation "config.linkerd.io/nothing-like-it-at-all". It has no effect."

  `,
  );
});
