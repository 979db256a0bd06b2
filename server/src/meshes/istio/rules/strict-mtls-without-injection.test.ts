import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { strictMtlsWithoutInjection } from './strict-mtls-without-injection.js';

const deployment = (name: string, namespace: string, template = '') => `
    ---
    kind: Deployment
    metadata: { name: ${name}, namespace: ${namespace} }
    spec:
      template:
        metadata: { labels: { app: ${name}${template} } }
        spec: { containers: [{ name: ${name} }] }`;

test('reports a workload in a namespace that nobody labelled', () => {
  check(
    strictMtlsWithoutInjection,
    `
    kind: PeerAuthentication
    metadata: { name: default, namespace: payments }
    spec:
      mtls: { mode: STRICT }
    #               ^^^^^^ warning istio/strict-mtls-without-injection 💡 "STRICT covers 1 workload of "payments" without a sidecar, "payment"."
    ---
    kind: Namespace
    metadata: { name: payments }${deployment('payment', 'payments')}
    `,
  );
});

test('reports a workload that opts out, in the open world too', () => {
  check(
    strictMtlsWithoutInjection,
    `
    kind: PeerAuthentication
    metadata: { name: default, namespace: payments }
    spec:
      mtls: { mode: STRICT }
    #               ^^^^^^ warning istio/strict-mtls-without-injection 💡
    ---
    kind: Namespace
    metadata: { name: payments, labels: { istio-injection: enabled } }${deployment('payment', 'payments')}${deployment('ledger', 'payments', ', sidecar.istio.io/inject: "false"')}
    `,
    { world: 'open' },
  );
});

test('a mesh-wide policy covers the namespaces that have none of their own', () => {
  check(
    strictMtlsWithoutInjection,
    `
    kind: PeerAuthentication
    metadata: { name: default, namespace: istio-system }
    spec:
      mtls: { mode: STRICT }
    #               ^^^^^^ warning istio/strict-mtls-without-injection 💡 "STRICT covers 1 workload of the mesh without a sidecar, "shop/cart"."
    ---
    kind: PeerAuthentication
    metadata: { name: default, namespace: payments }
    spec:
      mtls: { mode: PERMISSIVE }
    ---
    kind: Namespace
    metadata: { name: payments }
    ---
    kind: Namespace
    metadata: { name: shop }${deployment('payment', 'payments')}${deployment('cart', 'shop')}
    `,
  );
});

test('a Namespace that is not at hand proves nothing', () => {
  check(
    strictMtlsWithoutInjection,
    `
    kind: PeerAuthentication
    metadata: { name: default, namespace: payments }
    spec:
      mtls: { mode: STRICT }${deployment('payment', 'payments')}
    `,
  );
});

test('injected and ambient workloads can do mTLS', () => {
  check(
    strictMtlsWithoutInjection,
    `
    kind: PeerAuthentication
    metadata: { name: default, namespace: istio-system }
    spec:
      mtls: { mode: STRICT }
    ---
    kind: Namespace
    metadata: { name: payments, labels: { istio.io/rev: stable } }
    ---
    kind: Namespace
    metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient } }${deployment('payment', 'payments')}${deployment('cart', 'shop')}
    `,
  );
});

test('goes PERMISSIVE first', () => {
  checkFix(
    strictMtlsWithoutInjection,
    `
    kind: PeerAuthentication
    metadata: { name: default, namespace: payments }
    spec:
      mtls: { mode: STR$0ICT }
    ---
    kind: Namespace
    metadata: { name: payments }${deployment('payment', 'payments')}
    `,
    'Go PERMISSIVE first for "payments"',
    `
    kind: PeerAuthentication
    metadata: { name: default, namespace: payments }
    spec:
      mtls: { mode: PERMISSIVE }
    ---
    kind: Namespace
    metadata: { name: payments }${deployment('payment', 'payments')}
    `,
  );
});

test('labels the Namespace first', () => {
  const yaml = (labels: string) => `
    kind: PeerAuthentication
    metadata: { name: default, namespace: payments }
    spec: { mtls: { mode: STR$0ICT } }
    ---
    kind: Namespace
    metadata: { name: payments${labels} }${deployment('payment', 'payments')}
  `;
  checkFix(
    strictMtlsWithoutInjection,
    yaml(''),
    'Label Namespace "payments" istio-injection=enabled first',
    yaml(', labels: { istio-injection: enabled }').replace('$0', ''),
  );
});
