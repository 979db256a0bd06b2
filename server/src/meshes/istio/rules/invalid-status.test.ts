import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { invalidStatus } from './invalid-status.js';

test('reports statuses that no response has', () => {
  check(
    invalidStatus,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - directResponse: { status: 199 }
    #                             ^^^ error istio/invalid-status "199 is no HTTP status from 200 to 599."
      - fault: { abort: { httpStatus: 601 } }
    #                                 ^^^ error istio/invalid-status
      - fault: { abort: { grpcStatus: unavailable } }
    #                                 ^^^^^^^^^^^ error istio/invalid-status 💡 ""unavailable" is no gRPC status."
      - fault: { abort: { grpcStatus: DATA_LOSS, httpStatus: "{{ .Values.status }}" } }
      - redirect: { redirectCode: 200 }
    #                             ^^^ error istio/invalid-status
      - redirect: { redirectCode: 399 }
  `,
  );
});

test('writes the nearest gRPC status', () => {
  const yaml = (status: string) => `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { http: [{ fault: { abort: { grpcStatus: ${status} } }, route: [] }] }
  `;
  checkFix(invalidStatus, yaml('unavailable'), 'Change to "UNAVAILABLE"', yaml('UNAVAILABLE'));
});

test('reports bodies that are too large for a configuration', () => {
  const body = (length: number, mark = '', field = 'string') =>
    check(
      invalidStatus,
      `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - directResponse:
          status: 200
          body:
            ${field}: ${'a'.repeat(length)}${mark === '' ? '' : `\n    #       ${mark}`}
  `,
    );
  body(100 * 1024);
  body(100 * 1024 + 1, '^^^^^^ warning istio/invalid-status "This body has 100 KiB; more than 100 KiB are too many."');
  body(1024 * 1024 + 1, '^^^^^^ error istio/invalid-status "This body has 1024 KiB; more than 1 MiB are too many."');
  body(120 * 1024, '', 'bytes');
  body(140 * 1024, '^^^^^ warning istio/invalid-status', 'bytes');
});
