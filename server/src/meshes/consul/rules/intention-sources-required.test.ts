import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { intentionSourcesRequired } from './intention-sources-required.js';

test('intentions without a source', () => {
  check(
    intentionSourcesRequired,
    `
    kind: ServiceIntentions
    metadata: { name: a, namespace: shop }
    spec:
      destination: { name: a }
      sources: []
    #< error consul/intention-sources-required 💡
    ---
    kind: ServiceIntentions
    metadata: { name: b, namespace: shop }
    spec:
    #< error consul/intention-sources-required 💡
      destination: { name: b }
    ---
    kind: ServiceIntentions
    metadata: { name: c, namespace: shop }
    spec:
      destination: { name: c }
      sources: [{ name: a, action: deny }]
  `,
  );
});
