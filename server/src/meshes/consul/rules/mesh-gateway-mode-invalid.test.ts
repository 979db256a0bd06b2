import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { meshGatewayModeInvalid } from './mesh-gateway-mode-invalid.js';

test('modes of gateways', () => {
  check(
    meshGatewayModeInvalid,
    `
    kind: ServiceDefaults
    metadata: { name: web, namespace: shop }
    spec:
      meshGateway:
        mode: LOCAL
    #< error consul/mesh-gateway-mode-invalid 💡
      upstreamConfig:
        overrides:
        - name: api
          meshGateway:
            mode: both
    #< error consul/mesh-gateway-mode-invalid
        - name: db
          meshGateway:
            mode: remote
  `,
  );
});
