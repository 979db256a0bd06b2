import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { annotationUnknown } from './annotation-unknown.js';

test('names that Consul does not read', () => {
  check(
    annotationUnknown,
    `
    kind: Pod
    metadata:
      name: a
      namespace: shop
      annotations:
        consul.hashicorp.com/conect-inject: 'true'
    #< warning consul/annotation-unknown 💡
        consul.hashicorp.com/service-meta-version: v1
        consul.hashicorp.com/service-tags: a
    spec: { containers: [{ name: a, image: a }] }
    ---
    kind: Service
    metadata:
      name: a
      namespace: shop
      annotations:
        consul.hashicorp.com/nothing: 'true'
    #< warning consul/annotation-unknown 💡
        consul.hashicorp.com/service-sync: 'true'
    spec: { ports: [{ port: 80 }] }
  `,
  );
});
