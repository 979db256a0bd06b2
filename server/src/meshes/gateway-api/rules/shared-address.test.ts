import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { sharedAddress } from './shared-address.js';

const gateway = (name: string, address: string, mark = '') => `
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: ${name}, namespace: ingress }
    spec:
      addresses:
      - value: ${address}
${mark}
`;

test('reports an address that two Gateways ask for', () => {
  const mark = (other: string) =>
    `    #   ^^^^^^^^^^^^^^^^^ warning gateway-api/shared-address "Gateway "ingress/${other}" asks for 192.0.2.10 too. One of them gets none."`;
  check(sharedAddress, gateway('public', '192.0.2.10', mark('partners')) + gateway('partners', '192.0.2.10', mark('public')));
  check(sharedAddress, gateway('public', '192.0.2.10') + gateway('partners', '192.0.2.11'));
});
