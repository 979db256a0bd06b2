import { expect, test } from 'vitest';
import { check, fixTitles } from '../../../../../test/support/check.js';
import { unknownAnnotation } from './unknown-annotation.js';

test('reports annotations that Istio never reads', () => {
  check(
    unknownAnnotation,
    `
    kind: Deployment
    metadata: { name: cart, annotations: { example.com/x: a, kubernetes.io/ingress.class: b, my-istio.io/y: c } }
    #                                                                                        ^^^^^^^^^^^^^ warning istio/unknown-annotation 💡 "Istio knows no annotation "my-istio.io/y". It has no effect."
    spec:
      template:
        metadata:
          annotations:
            sidecar.istio.io/logLevl: debug
    #       ^^^^^^^^^^^^^^^^^^^^^^^^ warning istio/unknown-annotation 💡 "Istio knows no annotation "sidecar.istio.io/logLevl" ("sidecar.istio.io/logLevel" exists)."
            sidecar.istio.io/status: x
    `,
  );
});

test('offers the near name', () => {
  const yaml = 'kind: Service\nmetadata: { name: cart, annotations: { networking.istio.io/exprtTo: "." } }';
  expect(fixTitles(unknownAnnotation, yaml)).toEqual([
    '★ Rename to "networking.istio.io/exportTo"',
    'Remove "networking.istio.io/exprtTo"',
  ]);
});
