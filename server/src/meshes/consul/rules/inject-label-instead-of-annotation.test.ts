import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { injectLabelInsteadOfAnnotation } from './inject-label-instead-of-annotation.js';

test('labels of pods and of what makes them', () => {
  check(
    injectLabelInsteadOfAnnotation,
    `
    kind: Deployment
    metadata:
      name: a
      namespace: shop
      labels:
        consul.hashicorp.com/transparent-proxy: 'true'
    #< warning consul/inject-label-instead-of-annotation
    spec:
      template:
        metadata:
          labels:
            app: a
            consul.hashicorp.com/connect-inject: 'true'
    #< warning consul/inject-label-instead-of-annotation 💡
            consul.hashicorp.com/connect-inject-status: injected
        spec: { containers: [{ name: a, image: a }] }
  `,
  );
});
