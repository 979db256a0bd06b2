import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { probeClosedByStrict } from './probe-closed-by-strict.js';

const STRICT = `
    kind: Namespace
    metadata: { name: shop, labels: { istio-injection: enabled } }
    ---
    kind: PeerAuthentication
    metadata: { name: default, namespace: shop }
    spec: { mtls: { mode: STRICT } }
    ---`;

const workload = (annotations: string, port: number | string = 8080): string => `
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec:
      template:
        metadata:
          labels: { app: cart }
          annotations: ${annotations}
        spec:
          containers:
          - { name: cart, ports: [{ name: http, containerPort: 8080 }], livenessProbe: { httpGet: { port: ${port} } } }
    `;

test('reports a probe that is not rewritten on a STRICT port', () => {
  check(
    probeClosedByStrict,
    `${STRICT}
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec:
      template:
        metadata:
          labels: { app: cart }
          annotations: { sidecar.istio.io/rewriteAppHTTPProbers: "false" }
    #                                                            ^^^^^^^ warning istio/probe-closed-by-strict "Port 8080 is STRICT, and "cart" keeps its livenessProbe from being rewritten. The kubelet has no certificate, so that the probe fails."
        spec:
          containers:
          - { name: cart, ports: [{ name: http, containerPort: 8080 }], livenessProbe: { httpGet: { port: http } } }
    `,
    { world: 'open' },
  );
});

test('takes probes over gRPC as those over HTTP, and leaves those that only connect or run something alone', () => {
  const probed = (probe: string, mark = '') => `${STRICT}
    kind: Pod
    metadata:
      name: cart
      namespace: shop
      labels: { app: cart }
      annotations: { sidecar.istio.io/rewriteAppHTTPProbers: "false" }
${mark}    spec: { containers: [{ name: cart, readinessProbe: ${probe} }] }
    `;
  const mark = '    #                                                        ^^^^^^^ warning istio/probe-closed-by-strict 💡\n';
  check(probeClosedByStrict, probed('{ grpc: { port: 9000 } }', mark));
  check(probeClosedByStrict, probed('{ tcpSocket: { port: 9000 } }'));
  check(probeClosedByStrict, probed('{ exec: { command: [ready] } }'));
});

test('is silent where probes are rewritten, or the port is kept from the proxy', () => {
  check(probeClosedByStrict, `${STRICT}${workload('{ sidecar.istio.io/rewriteAppHTTPProbers: "true" }')}`);
  check(
    probeClosedByStrict,
    `${STRICT}${workload('{ sidecar.istio.io/rewriteAppHTTPProbers: "false", traffic.sidecar.istio.io/excludeInboundPorts: "8080" }')}`,
  );
});

test('is silent where the workload is not STRICT, not injected, or its port has a mode of its own', () => {
  const off = workload('{ sidecar.istio.io/rewriteAppHTTPProbers: "false" }');
  check(probeClosedByStrict, `${STRICT.replace('STRICT', 'PERMISSIVE')}${off}`);
  check(probeClosedByStrict, `${STRICT.replace('enabled', 'disabled')}${off}`);
  check(
    probeClosedByStrict,
    `${STRICT}
    kind: PeerAuthentication
    metadata: { name: cart, namespace: shop }
    spec: { selector: { matchLabels: { app: cart } }, mtls: { mode: STRICT }, portLevelMtls: { 8080: { mode: PERMISSIVE } } }
    ---${off}`,
  );
});

test('offers to rewrite the probes', () => {
  const before = `${STRICT}${workload('{ sidecar.istio.io/rewriteAppHTTPProbers: "false" }')}`;
  checkFix(probeClosedByStrict, before, 'Let Istio rewrite the probes', before.replace('"false"', '"true"'));
});
