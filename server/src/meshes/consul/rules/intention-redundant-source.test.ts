import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { intentionRedundantSource } from './intention-redundant-source.js';

test('an exact source beside one for everybody', () => {
  check(
    intentionRedundantSource,
    `
    kind: ServiceIntentions
    metadata: { name: a, namespace: shop }
    spec:
      destination: { name: a }
      sources:
      - name: '*'
        action: deny
      - name: b
    #< info consul/intention-redundant-source 💡
        action: deny
      - name: c
        action: allow
      - name: d
        peer: east
        action: deny
  `,
  );
});
