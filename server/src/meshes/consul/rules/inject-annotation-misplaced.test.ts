import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { injectAnnotationMisplaced } from './inject-annotation-misplaced.js';

test('annotations of the Deployment itself', () => {
  check(
    injectAnnotationMisplaced,
    `
    kind: Deployment
    metadata:
      name: a
      namespace: shop
      annotations:
        consul.hashicorp.com/connect-inject: 'true'
    #< warning consul/inject-annotation-misplaced 💡
        consul.hashicorp.com/service-tags: web
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/service-tags: web
        spec: { containers: [{ name: a, image: a }] }
    ---
    kind: CronJob
    metadata:
      name: b
      namespace: shop
      annotations:
        consul.hashicorp.com/service-meta-version: v2
    #< warning consul/inject-annotation-misplaced 💡
        consul.hashicorp.com/original-pod: x
    spec: { jobTemplate: { spec: { template: { metadata: { labels: { app: b } }, spec: { containers: [{ name: b, image: b }] } } } } }
  `,
  );
});
