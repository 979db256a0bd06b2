import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { invalidFault } from './invalid-fault.js';

test('reports faults without effect, and what nothing implements', () => {
  check(
    invalidFault,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - fault: {}
    #   ^^^^^ error istio/invalid-fault "A fault needs an abort or a delay; this has none."
      - fault: { abort: { http2Error: X } }
    #                     ^^^^^^^^^^ error istio/invalid-fault
      - fault: { delay: { exponentialDelay: 1s } }
    #                     ^^^^^^^^^^^^^^^^ error istio/invalid-fault
      - fault: { abort: { percentage: { value: 1 } } }
    #            ^^^^^ warning istio/invalid-fault "This abort has no "httpStatus" or "grpcStatus". It aborts nothing."
      - fault: { delay: { percentage: { value: 1 } } }
      - fault: { abort: { grpcStatus: UNAVAILABLE } }
      - fault: { abort: {{ .Values.abort }} }
  `,
  );
});
