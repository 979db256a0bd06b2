import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { egressRoutePortRequired } from './egress-route-port-required.js';

test('wants a port beside an EgressNetwork only', () => {
  check(
    egressRoutePortRequired,
    `
    kind: TLSRoute
    metadata: { name: a, namespace: shop }
    spec:
      parentRefs:
      - { group: policy.linkerd.io, kind: EgressNetwork, name: internet }
    #                                                          ^^^^^^^^ error linkerd/egress-route-port-required 💡 "EgressNetwork "internet" as parent needs a port. The webhook rejects it."
      - { group: policy.linkerd.io, kind: EgressNetwork, name: internet, port: 443 }
      - { group: policy.linkerd.io, kind: Server, name: cart }

  `,
  );
});
