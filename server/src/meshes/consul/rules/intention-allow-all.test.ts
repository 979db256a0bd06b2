import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { intentionAllowAll } from './intention-allow-all.js';

test('allowing everything', () => {
  check(
    intentionAllowAll,
    `
    kind: ServiceIntentions
    metadata: { name: a, namespace: shop }
    spec:
      destination: { name: '*' }
      sources:
      - name: '*'
        action: allow
    #< warning consul/intention-allow-all 💡
      - name: '*'
        peer: east
        action: allow
    ---
    kind: ServiceIntentions
    metadata: { name: b, namespace: shop }
    spec:
      destination: { name: web }
      sources: [{ name: '*', action: allow }]
  `,
  );
});
