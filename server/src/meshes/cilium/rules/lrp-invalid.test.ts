import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { lrpInvalid } from './lrp-invalid.js';

test('reports redirects that do not fit together', () => {
  check(
    lrpInvalid,
    `
    kind: CiliumLocalRedirectPolicy
    metadata: { name: dns, namespace: kube-system }
    spec:
      redirectFrontend: { serviceMatcher: { serviceName: kube-dns, namespace: default } }
    #                                                                         ^^^^^^^ error cilium/lrp-invalid 💡
      redirectBackend: { localEndpointSelector: {}, toPorts: [{ port: "53", name: dns, protocol: UDP }, { port: "54", protocol: UDP }] }
    #                                                                                                           ^^^^ error cilium/lrp-invalid
    ---
    kind: CiliumLocalRedirectPolicy
    metadata: { name: metadata, namespace: kube-system }
    spec:
      redirectFrontend: { addressMatcher: { ip: 169.254.20, toPorts: [{ port: "80", protocol: UDP }] } }
    #                                           ^^^^^^^^^^ error cilium/lrp-invalid
    #                                                                                         ^^^ error cilium/lrp-invalid 💡
      redirectBackend: { localEndpointSelector: {}, toPorts: [{ port: "0", protocol: TCP }] }
    #                                                                 ^^^ error cilium/lrp-invalid
    ---
    kind: CiliumLocalRedirectPolicy
    metadata: { name: fine, namespace: kube-system }
    spec:
      redirectFrontend: { addressMatcher: { ip: 169.254.20.10, toPorts: [{ port: "8080", protocol: TCP }] } }
      redirectBackend: { localEndpointSelector: {}, toPorts: [{ port: "80", protocol: TCP }] }
  `,
  );
});

test('an address needs a port', () => {
  check(
    lrpInvalid,
    `
    kind: CiliumLocalRedirectPolicy
    metadata: { name: none, namespace: kube-system }
    spec:
      redirectFrontend: { addressMatcher: { ip: 169.254.20.10, toPorts: [] } }
    #                                                          ^^^^^^^ error cilium/lrp-invalid
      redirectBackend: { localEndpointSelector: {}, toPorts: [{ port: "80", protocol: TCP }] }
  `,
  );
});
