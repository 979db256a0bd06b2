import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { icmpInvalid } from './icmp-invalid.js';

test('reports types and families that do not exist', () => {
  check(
    icmpInvalid,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      egress:
      - icmps:
        - fields:
          - { type: 300 }
    #               ^^^ error cilium/icmp-invalid "There is no type 300; use 0 to 255."
          - { type: Ping }
    #               ^^^^ error cilium/icmp-invalid
          - { type: EchoRequest, family: IPV6 }
    #                                    ^^^^ error cilium/icmp-invalid 💡
          - { type: PacketTooBig }
    #               ^^^^^^^^^^^^ error cilium/icmp-invalid
          - { type: PacketTooBig, family: IPv6 }
          - { type: 8 }
          - { type: "8" }
          - { type: Echo }
  `,
  );
});
