import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { retriesExceedTimeout } from './retries-exceed-timeout.js';

const ROUTE = `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      hosts: [cart]
      http:
      - timeout: 5s
        retries: { attempts: 3, perTryTimeout: 2s }`;

test('reports tries that take longer than the timeout, with the arithmetic', () => {
  check(
    retriesExceedTimeout,
    `${ROUTE}
    #                        ^ info istio/retries-exceed-timeout "Up to 4 tries of 2s take 8s, longer than the timeout of 5s. The last ones never run."
      - timeout: 500ms
        retries: { attempts: 1, perTryTimeout: 0.3s }
    #                        ^ info istio/retries-exceed-timeout "Up to 2 tries of 0.3s take 600ms, longer than the timeout of 500ms. The last one is cut short."
    `,
    { world: 'open' },
  );
});

test('is silent where the tries fit, where a limit is left out, 0s or unreadable', () => {
  check(
    retriesExceedTimeout,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      hosts: [cart]
      http:
      - { timeout: 8s, retries: { attempts: 3, perTryTimeout: 2s } }
      - { timeout: 5s, retries: { attempts: 3 } }
      - { retries: { attempts: 3, perTryTimeout: 2s } }
      - { timeout: 0s, retries: { attempts: 3, perTryTimeout: 2s } }
      - { timeout: 5s, retries: { attempts: 3, perTryTimeout: 0s } }
      - { timeout: 1s, retries: { attempts: 0 } }
      - { timeout: soon, retries: { attempts: 3, perTryTimeout: 2s } }
    `,
  );
});

test('offers the time of all tries', () => {
  checkFix(retriesExceedTimeout, ROUTE, 'Set timeout to 8s', ROUTE.replace('timeout: 5s', 'timeout: 8s'));
});

test('offers as many attempts as fit', () => {
  checkFix(retriesExceedTimeout, ROUTE, 'Set attempts to 1', ROUTE.replace('attempts: 3', 'attempts: 1'));
});
