import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { deprecatedAnnotation } from './deprecated-annotation.js';

test('reports what goes away, and what replaces it', () => {
  check(
    deprecatedAnnotation,
    `
    kind: Pod
    metadata:
      name: cart
      annotations:
        sidecar.istio.io/inject: "false"
    #   ^^^^^^^^^^^^^^^^^^^^^^^ info istio/deprecated-annotation 💡 ""sidecar.istio.io/inject" is deprecated; use label "sidecar.istio.io/inject"."
        sidecar.istio.io/statsInclusionPrefixes: a
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info istio/deprecated-annotation
        sidecar.istio.io/logLevel: debug
    ---
    kind: Pod
    metadata: { name: both, labels: { sidecar.istio.io/inject: "false" }, annotations: { sidecar.istio.io/inject: "false" } }
    `,
  );
});

test('makes it a label', () => {
  checkFix(
    deprecatedAnnotation,
    `
    kind: Deployment
    metadata: { name: cart }
    spec:
      template:
        metadata:
          labels:
            app: cart
          annotations:
            sidecar.istio.io/inject: "false"
            other: x
    `,
    'Make it a label',
    `
    kind: Deployment
    metadata: { name: cart }
    spec:
      template:
        metadata:
          labels:
            app: cart
            sidecar.istio.io/inject: "false"
          annotations:
            other: x
    `,
  );
});

test('what a patch says is not moved into its base', () => {
  check(
    deprecatedAnnotation,
    `
    # file: base/kustomization.yaml
    resources: [deployment.yaml]
    # file: base/deployment.yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: cart }
    spec: { template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: cart, image: cart }] } } }
    # file: mesh/kustomization.yaml
    resources: [../base]
    patches: [{ path: patch.yaml }]
    # file: mesh/patch.yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: cart }
    spec:
      template:
        metadata:
          annotations:
            sidecar.istio.io/inject: "false"
    #       ^^^^^^^^^^^^^^^^^^^^^^^ info istio/deprecated-annotation
    `,
  );
});
