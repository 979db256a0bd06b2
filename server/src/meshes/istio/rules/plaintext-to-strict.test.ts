import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { plaintextToStrict } from './plaintext-to-strict.js';

const strict = (namespace: string) => `
    ---
    kind: PeerAuthentication
    metadata: { name: default, namespace: ${namespace} }
    spec: { mtls: { mode: STRICT } }`;

const payment = `
    ---
    kind: Service
    metadata: { name: payment, namespace: payments }
    spec: { selector: { app: payment }, ports: [{ port: 80, targetPort: 8080 }, { port: 81, targetPort: admin }] }
    ---
    kind: Deployment
    metadata: { name: payment, namespace: payments }
    spec:
      template:
        metadata: { labels: { app: payment } }
        spec: { containers: [{ name: payment, ports: [{ name: admin, containerPort: 9090 }] }] }`;

test('reports plaintext and TLS of its own to a STRICT service', () => {
  check(
    plaintextToStrict,
    `
    kind: DestinationRule
    metadata: { name: payment, namespace: shop }
    spec:
      host: payment.payments.svc.cluster.local
      trafficPolicy:
        tls: { mode: DISABLE }
    #                ^^^^^^^ error istio/plaintext-to-strict 💡 "This DestinationRule sends plaintext to "payment.payments", which is STRICT. Calls get 503."
        portLevelSettings:
        - port: { number: 80 }
          tls: { mode: SIMPLE }
    #                  ^^^^^^ error istio/plaintext-to-strict 💡 "This DestinationRule starts TLS of its own to "payment.payments:80", which is STRICT."
    ${strict('payments').trimStart()}${payment}
    `,
  );
});

test('a port that takes plaintext may be sent some', () => {
  check(
    plaintextToStrict,
    `
    kind: DestinationRule
    metadata: { name: payment, namespace: payments }
    spec:
      host: payment
      trafficPolicy:
        portLevelSettings:
        - port: { number: 81 }
          tls: { mode: DISABLE }
    ---
    kind: PeerAuthentication
    metadata: { name: ports, namespace: payments }
    spec: { selector: { matchLabels: { app: payment } }, portLevelMtls: { 9090: { mode: DISABLE } } }${strict('payments')}${payment}
    `,
  );
});

test('a workload without a proxy enforces nothing', () => {
  check(
    plaintextToStrict,
    `
    kind: DestinationRule
    metadata: { name: payment, namespace: payments }
    spec: { host: payment, trafficPolicy: { tls: { mode: DISABLE } } }
    ---
    kind: Namespace
    metadata: { name: payments }${strict('payments')}${payment}
    `,
  );
});

test('reports rules for a whole namespace and for the mesh', () => {
  check(
    plaintextToStrict,
    `
    kind: DestinationRule
    metadata: { name: all, namespace: payments }
    spec:
      host: "*.payments.svc.cluster.local"
      trafficPolicy:
        tls: { mode: DISABLE }
    #                ^^^^^^^ error istio/plaintext-to-strict 💡 "This DestinationRule sends plaintext to every service of "payments", which is STRICT."
    ---
    kind: DestinationRule
    metadata: { name: all, namespace: istio-system }
    spec:
      host: "*.local"
      trafficPolicy:
        tls: { mode: DISABLE }
    #                ^^^^^^^ error istio/plaintext-to-strict 💡 "This DestinationRule sends plaintext to every service of the mesh, which is STRICT."
    ---
    kind: DestinationRule
    metadata: { name: all, namespace: shop }
    spec: { host: "*.shop.svc.cluster.local", trafficPolicy: { tls: { mode: DISABLE } } }
    ---
    kind: PeerAuthentication
    metadata: { name: default, namespace: shop }
    spec: { mtls: { mode: PERMISSIVE } }${strict('istio-system')}
    `,
  );
});

test('changes the mode', () => {
  checkFix(
    plaintextToStrict,
    `
    kind: DestinationRule
    metadata: { name: payment, namespace: payments }
    spec: { host: payment, trafficPolicy: { tls: { mode: DIS$0ABLE } } }${strict('payments')}${payment}
    `,
    'Change to ISTIO_MUTUAL',
    `
    kind: DestinationRule
    metadata: { name: payment, namespace: payments }
    spec: { host: payment, trafficPolicy: { tls: { mode: ISTIO_MUTUAL } } }${strict('payments')}${payment}
    `,
  );
});
