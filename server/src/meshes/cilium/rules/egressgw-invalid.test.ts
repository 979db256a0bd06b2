import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { egressgwInvalid } from './egressgw-invalid.js';

test('reports two ways to leave, and what is missing', () => {
  check(
    egressgwInvalid,
    `
    kind: CiliumEgressGatewayPolicy
    metadata: { name: both }
    spec:
      selectors: []
      destinationCIDRs: [0.0.0.0/0]
      egressGateway: { nodeSelector: {}, interface: eth1, egressIP: 10.0.0.9 }
    #                                                     ^^^^^^^^ error cilium/egressgw-invalid 💡
    ---
    kind: CiliumEgressGatewayPolicy
    metadata: { name: less }
    spec:
    #< error cilium/egressgw-invalid "This policy has no "destinationCIDRs"."
      selectors: []
      egressGateway: { nodeSelector: {}, egressIP: 10.0.0.9 }
  `,
  );
});

test('reports a gateway without a node, and a policy without anything', () => {
  check(
    egressgwInvalid,
    `
    kind: CiliumEgressGatewayPolicy
    metadata: { name: nowhere }
    spec:
      selectors: []
      destinationCIDRs: [0.0.0.0/0]
      egressGateway: { interface: eth1 }
    # ^^^^^^^^^^^^^ error cilium/egressgw-invalid
    ---
    kind: CiliumEgressGatewayPolicy
    metadata: { name: nothing }
    #                 ^^^^^^^ error cilium/egressgw-invalid "This policy has no "spec"."
    spec:
  `,
  );
});
