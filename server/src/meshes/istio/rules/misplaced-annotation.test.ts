import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { misplacedAnnotation } from './misplaced-annotation.js';

test('reports annotations where nobody reads them', () => {
  check(
    misplacedAnnotation,
    `
    kind: Namespace
    metadata:
      name: shop
      annotations:
        kubernetes.io/ingress.class: istio
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning istio/misplaced-annotation 💡 ""kubernetes.io/ingress.class" is for Ingress, not for a Namespace."
        galley.istio.io/analyze-suppress: IST0108
        networking.istio.io/traffic-distribution: PreferClose
    ---
    kind: Pod
    metadata: { name: cart, annotations: { sidecar.istio.io/logLevel: debug } }
    `,
  );
});

test('moves what is for pods to the pod template', () => {
  checkFix(
    misplacedAnnotation,
    `
    kind: Deployment
    metadata:
      name: cart
      annotations:
        sidecar.istio.io/proxyCPU: "2"
        other: x
    spec:
      template:
        metadata:
          labels:
            app: cart
    `,
    'Move it to the pod template',
    `
    kind: Deployment
    metadata:
      name: cart
      annotations:
        other: x
    spec:
      template:
        metadata:
          labels:
            app: cart
          annotations:
            sidecar.istio.io/proxyCPU: "2"
    `,
  );
});
