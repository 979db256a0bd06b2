import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { inconsistentProtocols } from './inconsistent-protocols.js';

test('a split between two protocols, and a redirect', () => {
  check(
    inconsistentProtocols,
    `
    kind: ServiceSplitter
    metadata: { name: web, namespace: shop }
    spec:
      splits:
      - weight: 50
      - weight: 50
        service: api
    #< error consul/inconsistent-protocols
    ---
    kind: ServiceResolver
    metadata: { name: db, namespace: shop }
    spec:
      failover:
        '*':
          targets:
          - service: web
    #< error consul/inconsistent-protocols
          - service: api
    ---
    kind: ServiceResolver
    metadata: { name: far, namespace: shop }
    spec: { redirect: { service: web, peer: east } }
    ---
    kind: ServiceDefaults
    metadata: { name: web, namespace: shop }
    spec: { protocol: http }
    ---
    kind: ServiceDefaults
    metadata: { name: api, namespace: shop }
    spec: { protocol: grpc }
  `,
  );
});
