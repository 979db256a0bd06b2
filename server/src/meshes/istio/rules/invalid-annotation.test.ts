import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { invalidAnnotation } from './invalid-annotation.js';

test('reports values of the wrong sort', () => {
  check(
    invalidAnnotation,
    `
    kind: Deployment
    metadata: { name: cart }
    spec:
      template:
        metadata:
          annotations:
            readiness.status.sidecar.istio.io/periodSeconds: "-1"
    #                                                        ^^^^ warning istio/invalid-annotation ""-1" is no value of "readiness.status.sidecar.istio.io/periodSeconds": it takes a whole number."
            sidecar.istio.io/interceptionMode: tproxy
    #                                          ^^^^^^ warning istio/invalid-annotation
            sidecar.istio.io/proxyCPU: 100x
    #                                  ^^^^ warning istio/invalid-annotation
            traffic.sidecar.istio.io/includeOutboundIPRanges: 10.0.0.0
    #                                                         ^^^^^^^^ warning istio/invalid-annotation
            traffic.sidecar.istio.io/excludeInboundPorts: "80,http"
    #                                                     ^^^^^^^^^ warning istio/invalid-annotation
            status.sidecar.istio.io/port: "70000"
    #                                     ^^^^^^^ warning istio/invalid-annotation
            prometheus.istio.io/merge-metrics: "no"
    #                                          ^^^^ warning istio/invalid-annotation
            proxy.istio.io/config: nothing
    #                              ^^^^^^^ warning istio/invalid-annotation
    `,
  );
});

test('good values, and free ones, are silent', () => {
  check(
    invalidAnnotation,
    `
    kind: Pod
    metadata:
      name: cart
      annotations:
        readiness.status.sidecar.istio.io/periodSeconds: "5"
        sidecar.istio.io/interceptionMode: TPROXY
        sidecar.istio.io/proxyMemory: 128Mi
        traffic.sidecar.istio.io/includeOutboundIPRanges: "*"
        traffic.sidecar.istio.io/excludeOutboundIPRanges: 10.0.0.0/8,fd00::/8
        traffic.sidecar.istio.io/excludeInboundPorts: "80, 81"
        traffic.sidecar.istio.io/excludeOutboundPorts: ""
        istio.io/reroute-virtual-interfaces: net1,net2
        proxy.istio.io/config: |
          concurrency: 2
        sidecar.istio.io/logLevel: whatever
        status.sidecar.istio.io/port: STATUS_PORT
    `,
  );
});
