import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { invalidPort } from './invalid-port.js';

test('reports numbers that are no ports', () => {
  check(
    invalidPort,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - match: [{ port: 70000 }, { port: 0 }]
    #                   ^^^^^ error istio/invalid-port "70000 is no port; ports are 1 to 65535."
        route:
        - destination: { host: cart, port: {} }
    #                                ^^^^ error istio/invalid-port "This port has no number."
        - destination: { host: cart, port: { number: 80 } }
        - destination: { host: cart, port: { number: "{{ .Values.port }}" } }
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec:
      servers:
      - port: { number: 0 }
    #                   ^ error istio/invalid-port
      - port: { number: 0 }
        bind: unix:///run/gw.sock
      - port: { number: 80 }
    #                   ^^ error istio/invalid-port "A listener on a Unix socket has port 0."
        bind: unix:///run/gw.sock
    ---
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      trafficPolicy: { tunnel: { targetPort: 0 } }
    #                                        ^ error istio/invalid-port
    ---
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      rules:
      - to: [{ operation: { ports: ["80", "0", http] } }]
    #                                          ^^^^ error istio/invalid-port ""http" is no number of a port."
        when: [{ key: destination.port, values: ["99999"] }]
    #                                            ^^^^^^^ error istio/invalid-port
  `,
  );
});
