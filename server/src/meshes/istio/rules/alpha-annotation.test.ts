import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { alphaAnnotation } from './alpha-annotation.js';

const pod = (mark: string) => `
    kind: Pod
    metadata:
      name: cart
      annotations:
        sidecar.istio.io/logLevel: debug
    ${mark}
        proxy.istio.io/config: "{}"
        sidecar.istio.io/interceptionMode: NONE`;

test('reports alpha annotations where somebody asks for it', () => {
  check(alphaAnnotation, pod('#   ^^^^^^^^^^^^^^^^^^^^^^^^^ info istio/alpha-annotation'), { settings: { rules: { IST0136: 'on' } } });
  check(alphaAnnotation, pod(''));
});
