import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { invalidProtocol } from './invalid-protocol.js';

test('reports protocols that Istio does not know', () => {
  check(
    invalidProtocol,
    `
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: shop }
    spec: { servers: [{ port: { protocol: HBONE } }, { port: { protocol: http } }, { port: { protocol: "{{ .Values.p }}" } }] }
    #                                     ^^^^^ error istio/invalid-protocol ""HBONE" is no protocol that Istio knows."
    ---
    kind: ServiceEntry
    metadata: { name: api, namespace: shop }
    spec: { ports: [{ protocol: "" }, { protocol: FTPS }, { protocol: GRPC-Web }] }
    #                                             ^^^^ error istio/invalid-protocol
  `,
  );
});

test('offers the nearest protocol', () => {
  const yaml = (protocol: string) => `
    kind: ServiceEntry
    metadata: { name: api, namespace: shop }
    spec: { ports: [{ protocol: ${protocol} }] }
  `;
  checkFix(invalidProtocol, yaml('HTTP/1.1'), 'Change to "HTTP"', yaml('HTTP'));
  checkFix(invalidProtocol, yaml('HTPS'), 'Change to "HTTPS"', yaml('HTTPS'));
});
