import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { exposePathInvalid } from './expose-path-invalid.js';

test('paths and protocols that are exposed', () => {
  check(
    exposePathInvalid,
    `
    kind: ServiceDefaults
    metadata: { name: web, namespace: shop }
    spec:
      expose:
        paths:
        - path: health
    #< error consul/expose-path-invalid 💡
        - path: /ready
          protocol: grpc
    #< error consul/expose-path-invalid
        - path: /live
          protocol: http2
  `,
  );
});
