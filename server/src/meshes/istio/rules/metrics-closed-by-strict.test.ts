import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { metricsClosedByStrict } from './metrics-closed-by-strict.js';

const STRICT = `
    kind: Namespace
    metadata: { name: shop, labels: { istio-injection: enabled } }
    ---
    kind: PeerAuthentication
    metadata: { name: default, namespace: shop }
    spec: { mtls: { mode: STRICT } }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec:
      template:
        metadata:
          labels: { app: cart }
          annotations:
            prometheus.io/scrape: "true"
            prometheus.io/port: "9102"
            prometheus.istio.io/merge-metrics: "false"`;

test('reports metrics that are not merged on a STRICT port', () => {
  check(
    metricsClosedByStrict,
    `${STRICT}
    #                                          ^^^^^^^ info istio/metrics-closed-by-strict "Metrics port 9102 is STRICT, and "cart" keeps its metrics from being merged. A Prometheus without a certificate of the mesh is refused."
    `,
    { world: 'open' },
  );
});

test('is silent where metrics are merged, not scraped, on an open port, or kept from the proxy', () => {
  check(metricsClosedByStrict, STRICT.replace('merge-metrics: "false"', 'merge-metrics: "true"'));
  check(metricsClosedByStrict, STRICT.replace('scrape: "true"', 'scrape: "false"'));
  check(metricsClosedByStrict, STRICT.replace('STRICT', 'PERMISSIVE'));
  check(metricsClosedByStrict, STRICT.replace('enabled', 'disabled'));
  check(metricsClosedByStrict, `${STRICT}\n            traffic.sidecar.istio.io/excludeInboundPorts: "15090,9102"`);
});

test('offers to merge the metrics', () => {
  checkFix(metricsClosedByStrict, STRICT, 'Merge the metrics', STRICT.replace('merge-metrics: "false"', 'merge-metrics: "true"'));
});
