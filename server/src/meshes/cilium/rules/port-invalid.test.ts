import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { portInvalid } from './port-invalid.js';

test('reports ports, ranges and protocols that do not exist', () => {
  check(
    portInvalid,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - toPorts:
        - ports:
          - { port: "70000", protocol: TCP }
    #               ^^^^^^^ error cilium/port-invalid
          - { port: "80", protocol: Tcp }
    #                               ^^^ error cilium/port-invalid 💡 ""Tcp" is no protocol; use TCP, UDP, SCTP or ANY."
          - { port: http, endPort: 90 }
    #                              ^^ error cilium/port-invalid
          - { port: "90", endPort: 80 }
    #                              ^^ error cilium/port-invalid "The range ends at 80, before it begins at 90."
          - { port: "a--b" }
    #               ^^^^^^ error cilium/port-invalid
          - { port: a-name-of-17-chars }
    #               ^^^^^^^^^^^^^^^^^^ error cilium/port-invalid
          - { protocol: TCP }
    #         ^^^^^^^^ error cilium/port-invalid
          - { port: "0", protocol: SCTP }
          - { port: http-alt }
          - { port: "8000", endPort: 8100, protocol: ANY }
          - { port: "0", protocol: VRRP }
          - { port: "{{ .Values.port }}", endPort: 3 }
  `,
  );
});

test('protocols without ports come with versions', () => {
  const policy = (mark: string) => `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - toPorts:
        - ports:
          - { protocol: GRE, port: "0" }
${mark}`;
  const mark = '    #                   ^^^ error cilium/port-invalid';
  check(portInvalid, policy(mark));
  check(portInvalid, policy(mark), { settings: { cilium: { version: '1.20' } } });
  check(portInvalid, policy(''), { settings: { cilium: { version: '1.20', extendedIPProtocols: true } } });
});
