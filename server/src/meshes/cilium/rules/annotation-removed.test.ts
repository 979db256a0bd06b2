import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { annotationRemoved } from './annotation-removed.js';

const DEPLOYMENT = (mark: string) => `
    kind: Deployment
    metadata: { name: web, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            policy.cilium.io/proxy-visibility: "<Ingress/80/TCP/HTTP>"
${mark}
`;

test('reports what is no longer read, from the version on that does not', () => {
  check(annotationRemoved, DEPLOYMENT('    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning cilium/annotation-removed 💡'));
  check(annotationRemoved, DEPLOYMENT(''), { settings: { cilium: { version: '1.16' } } });
});

test('tells of the spelling of old, and offers the new one', () => {
  const service = (name: string, mark = '') => `
    kind: Service
    metadata: { name: cart, annotations: { ${name}: "true" } }
${mark}
`;
  check(
    annotationRemoved,
    service(
      'io.cilium/global-service',
      '    #                                      ^^^^^^^^^^^^^^^^^^^^^^^^ info cilium/annotation-removed 💡',
    ),
  );
  checkFix(
    annotationRemoved,
    service('io.cilium/global-service'),
    'Rename to "service.cilium.io/global"',
    service('service.cilium.io/global'),
  );
});
