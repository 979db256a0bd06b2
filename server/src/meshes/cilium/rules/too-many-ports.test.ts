import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { tooManyPorts } from './too-many-ports.js';

test('reports the first port that is too many, of denied ports, too', () => {
  const forty = Array.from({ length: 40 }, (_, i) => `          - { port: "${8000 + i}", protocol: TCP }`).join('\n');
  check(
    tooManyPorts,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: {}
      ingress:
      - toPorts:
        - ports:
${forty}
      ingressDeny:
      - toPorts:
        - ports:
${forty}
          - { port: "9000", protocol: TCP }
    #       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error cilium/too-many-ports ""ports" takes at most 40 items; this has 41."
  `,
  );
});
