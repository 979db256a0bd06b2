import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { meshEnumInvalid } from './mesh-enum-invalid.js';

test('versions of TLS and treatments of requests', () => {
  check(
    meshEnumInvalid,
    `
    kind: Mesh
    metadata: { name: mesh, namespace: shop }
    spec:
      tls:
        incoming:
          tlsMinVersion: TLSv1.3
    #< error consul/mesh-enum-invalid 💡
          tlsMaxVersion: TLS_AUTO
      http:
        incoming:
          requestNormalization:
            headersWithUnderscoresAction: reject_request
    #< error consul/mesh-enum-invalid 💡
            pathWithEscapedSlashesAction: KEEP_UNCHANGED
    ---
    kind: IngressGateway
    metadata: { name: in, namespace: shop }
    spec:
      listeners:
      - port: 80
        protocol: http
        tls:
          enabled: true
          tlsMaxVersion: '1.2'
    #< error consul/mesh-enum-invalid
  `,
  );
});
