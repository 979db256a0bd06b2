import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { udpPortNotMeshed } from './udp-port-not-meshed.js';

test('tells of UDP where there is a proxy', () => {
  check(
    udpPortNotMeshed,
    `
    kind: Pod
    metadata: { name: a, namespace: shop, annotations: { linkerd.io/inject: enabled } }
    spec: { containers: [{ name: a, ports: [{ containerPort: 80 }, { containerPort: 53, protocol: UDP }] }] }
    #                                                                                             ^^^ info linkerd/udp-port-not-meshed "Port 53 takes UDP, which the proxy of this pod does not carry. UDP passes the proxy by: no mTLS, no policy. Protect the port by a NetworkPolicy where that matters."
    ---
    kind: Pod
    metadata: { name: b, namespace: shop }
    spec: { containers: [{ name: b, ports: [{ containerPort: 53, protocol: UDP }] }] }

  `,
  );
});
