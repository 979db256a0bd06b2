import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { egressNetworkOverlap } from './egress-network-overlap.js';

test('keeps out of the networks of the cluster', () => {
  check(
    egressNetworkOverlap,
    `
    kind: EgressNetwork
    metadata: { name: a, namespace: shop }
    spec: { trafficPolicy: Allow, networks: [{ cidr: 0.0.0.0/0, except: [10.0.0.0/8, 172.16.0.0/12] }] }
    #                                                ^^^^^^^^^ warning linkerd/egress-network-overlap ""0.0.0.0/0" holds addresses of the cluster: "100.64.0.0/10" and "192.168.0.0/16". It is not accepted, and neither are its routes."
    ---
    kind: EgressNetwork
    metadata: { name: b, namespace: shop }
    spec: { trafficPolicy: Allow, networks: [{ cidr: 0.0.0.0/0, except: [10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, 192.168.0.0/16] }] }
    ---
    kind: EgressNetwork
    metadata: { name: c, namespace: shop }
    spec: { trafficPolicy: Allow, networks: [{ cidr: "fd00::1" }] }
    #                                                ^^^^^^^^^ warning linkerd/egress-network-overlap ""fd00::1" holds addresses of the cluster: "fd00::/8". It is not accepted, and neither are its routes."

  `,
  );
});
