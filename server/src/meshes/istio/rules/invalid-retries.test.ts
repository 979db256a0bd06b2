import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { invalidRetries } from './invalid-retries.js';

test('reports retries without attempts, and conditions that do not exist', () => {
  check(
    invalidRetries,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - retries: { attempts: 0, retryOn: 5xx }
    #                        ^ error istio/invalid-retries "There are no attempts, so that "retryOn" means nothing."
      - retries: { perTryTimeout: 1s }
    #              ^^^^^^^^^^^^^ error istio/invalid-retries
      - retries: { attempts: -1 }
    #                        ^^ error istio/invalid-retries ""attempts" cannot be below 0."
      - retries: { attempts: 1, retryOn: "5xx,conect-failure" }
    #                                    ^^^^^^^^^^^^^^^^^^^^ error istio/invalid-retries 💡 ""conect-failure" is no condition that Envoy retries on."
      - retries: { attempts: 1, retryOn: "503,429,reset" }
      - retries: { attempts: 0 }
      - retries: { attempts: "{{ .Values.attempts }}", retryOn: 5xx }
  `,
  );
});

test('takes blanks away and corrects slips', () => {
  const yaml = (conditions: string) => `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { http: [{ retries: { attempts: 1, retryOn: "${conditions}" }, redirect: { uri: / } }] }
  `;
  checkFix(invalidRetries, yaml('5xx, Reset'), 'Change to "5xx,reset"', yaml('5xx,reset'));
});
