import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { intentionActionInvalid } from './intention-action-invalid.js';

test('actions and permissions', () => {
  check(
    intentionActionInvalid,
    `
    kind: ServiceIntentions
    metadata: { name: a, namespace: shop }
    spec:
      destination: { name: a }
      sources:
      - name: b
        action: allow
    #< error consul/intention-action-invalid 💡
        permissions: [{ action: allow, http: { pathPrefix: / } }]
      - name: c
    #< error consul/intention-action-invalid
      - name: d
        action: ALLOW
    #< error consul/intention-action-invalid 💡
      - name: e
        permissions:
        - action: permit
    #< error consul/intention-action-invalid
          http: { pathPrefix: / }
      - name: f
        action: deny
  `,
  );
});
