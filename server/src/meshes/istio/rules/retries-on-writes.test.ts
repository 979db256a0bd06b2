import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { retriesOnWrites } from './retries-on-writes.js';

test('reports conditions that send a matched write again', () => {
  check(
    retriesOnWrites,
    `
    kind: VirtualService
    metadata: { name: payment, namespace: shop }
    spec:
      hosts: [payment]
      http:
      - match: [{ uri: { prefix: /charge }, method: { exact: POST } }]
        retries: { attempts: 2, retryOn: "connect-failure,5xx" }
    #                                    ^^^^^^^^^^^^^^^^^^^^^ info istio/retries-on-writes "This route takes POST requests and sends them again on "5xx". A write that took effect before it failed may happen twice."
      - match: [{ method: { regex: ^(PATCH|POST)$ } }]
        retries: { attempts: 2, retryOn: reset }
    #                                    ^^^^^ info istio/retries-on-writes "This route takes POST and PATCH requests and sends them again on "reset". A write that took effect before it failed may happen twice."
    `,
    { world: 'open' },
  );
});

test('is silent on reads, on routes that name no method, and on conditions before any work', () => {
  check(
    retriesOnWrites,
    `
    kind: VirtualService
    metadata: { name: payment, namespace: shop }
    spec:
      hosts: [payment]
      http:
      - { match: [{ method: { exact: GET } }], retries: { attempts: 2, retryOn: 5xx } }
      - { match: [{ method: { regex: "POSTPONE|P.*" } }], retries: { attempts: 2, retryOn: 5xx } }
      - { match: [{ method: { exact: POST } }], retries: { attempts: 2, retryOn: "connect-failure,refused-stream" } }
      - { match: [{ method: { exact: POST } }], retries: { attempts: 2 } }
      - { match: [{ method: { exact: POST } }], retries: { attempts: 0, retryOn: 5xx } }
      - { retries: { attempts: 2, retryOn: 5xx } }
    `,
  );
});

test('offers conditions that hold before the application is reached', () => {
  const before = `
    kind: VirtualService
    metadata: { name: payment, namespace: shop }
    spec:
      hosts: [payment]
      http:
      - match: [{ method: { exact: POST } }]
        retries: { attempts: 2, retryOn: gateway-error }`;
  checkFix(
    retriesOnWrites,
    before,
    'Retry only where the request did not reach the application',
    before.replace('gateway-error', '"connect-failure,refused-stream,reset-before-request"'),
  );
});
