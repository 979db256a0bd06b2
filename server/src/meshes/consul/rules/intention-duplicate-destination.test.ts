import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { intentionDuplicateDestination } from './intention-duplicate-destination.js';

test('a second resource for one service', () => {
  check(
    intentionDuplicateDestination,
    `
    kind: ServiceIntentions
    metadata: { name: a, namespace: shop }
    spec:
      destination: { name: web }
      sources: [{ name: b, action: allow }]
    ---
    kind: ServiceIntentions
    metadata: { name: b, namespace: zone }
    spec:
      destination:
        name: web
    #< error consul/intention-duplicate-destination "ServiceIntentions "shop/a" is for "web" already."
      sources: [{ name: c, action: allow }]
    ---
    kind: ServiceIntentions
    metadata: { name: c, namespace: zone }
    spec:
      destination: { name: api }
      sources: [{ name: c, action: allow }]
  `,
  );
});
