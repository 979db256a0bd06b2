import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { intentionSourceNameRequired } from './intention-source-name-required.js';

test('sources without a name', () => {
  check(
    intentionSourceNameRequired,
    `
    kind: ServiceIntentions
    metadata: { name: a, namespace: shop }
    spec:
      destination: { name: a }
      sources:
      - action: allow
    #< error consul/intention-source-name-required
      - name: ''
    #< error consul/intention-source-name-required
        action: allow
      - name: \${CALLER}
        action: allow
  `,
  );
});
