import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { intentionDuplicateSource } from './intention-duplicate-source.js';

test('one caller with two answers', () => {
  check(
    intentionDuplicateSource,
    `
    kind: ServiceIntentions
    metadata: { name: a, namespace: shop }
    spec:
      destination: { name: a }
      sources:
      - name: b
        action: allow
      - name: b
        peer: east
        action: allow
      - name: b
    #< error consul/intention-duplicate-source "Source "b" is listed above."
        action: deny
  `,
  );
});
