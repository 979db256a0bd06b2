import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { strictMtlsRefusesCaller } from './strict-mtls-refuses-caller.js';

const world = (policy: string, injection = 'disabled') => `
    ---
    kind: Namespace
    metadata: { name: shop, labels: { istio-injection: ${injection} } }
    ---
    kind: Namespace
    metadata: { name: payments, labels: { istio-injection: enabled } }
    ---
    kind: PeerAuthentication
    metadata: { name: default, namespace: payments }
    spec: ${policy}
    ---
    kind: Service
    metadata: { name: payment, namespace: payments }
    spec: { selector: { app: payment }, ports: [{ port: 80, targetPort: 8080 }, { port: 9090 }] }
    ---
    kind: Deployment
    metadata: { name: payment, namespace: payments }
    spec: { template: { metadata: { labels: { app: payment } }, spec: { containers: [{ name: payment }] } } }`;

const caller = (value: string, mark = '') => `
    kind: Deployment
    metadata: { name: checkout, namespace: shop }
    spec:
      template:
        metadata: { labels: { app: checkout } }
        spec:
          containers:
          - name: checkout
            env:
            - name: PAYMENT
              value: ${value}
${mark}
`;

test('reports an address of a STRICT Service in a workload without a sidecar, and repeats nothing of a secret in it', () => {
  check(
    strictMtlsRefusesCaller,
    caller(
      'http://payment.payments/charge',
      `    #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info istio/strict-mtls-refuses-caller "Deployment "checkout" has no sidecar, and "payment.payments" takes mTLS only. Its calls are refused."`,
    ) + world('{ mtls: { mode: STRICT } }'),
    { world: 'open' },
  );
  check(
    strictMtlsRefusesCaller,
    caller(
      'tcp://user:hunter2@payment.payments.svc.cluster.local:9090',
      `    #                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info istio/strict-mtls-refuses-caller "Deployment "checkout" has no sidecar, and "payment.payments" takes mTLS only. Its calls are refused."`,
    ) + world('{ mtls: { mode: STRICT } }'),
  );
});

test('is silent about injected callers, open ports, other Services and words that are no address', () => {
  const strict = '{ mtls: { mode: STRICT } }';
  check(strictMtlsRefusesCaller, caller('http://payment.payments') + world(strict, 'enabled'));
  check(strictMtlsRefusesCaller, caller('http://payment.payments') + world('{ mtls: { mode: PERMISSIVE } }'));
  check(
    strictMtlsRefusesCaller,
    caller('http://payment.payments') +
      world('{ selector: { matchLabels: { app: payment } }, mtls: { mode: STRICT }, portLevelMtls: { 8080: { mode: PERMISSIVE } } }'),
  );
  for (const value of ['http://payment.example.com', 'payment', 'payment.payments', 'http://payment', 'payment.payments:443'])
    check(strictMtlsRefusesCaller, caller(value) + world(strict));
});
