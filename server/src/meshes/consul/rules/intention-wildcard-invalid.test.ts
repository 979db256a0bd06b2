import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { intentionWildcardInvalid } from './intention-wildcard-invalid.js';

test('wildcards within names, places and beside permissions', () => {
  check(
    intentionWildcardInvalid,
    `
    kind: ServiceIntentions
    metadata: { name: a, namespace: shop }
    spec:
      destination:
        name: web-*
    #< error consul/intention-wildcard-invalid
      sources:
      - name: '*'
        action: deny
      - name: b
        peer: '*'
    #< error consul/intention-wildcard-invalid
        action: allow
      - name: c
        namespace: '*'
    #< error consul/intention-wildcard-invalid
        action: allow
    ---
    kind: ServiceIntentions
    metadata: { name: b, namespace: shop }
    spec:
      destination:
        name: '*'
    #< error consul/intention-wildcard-invalid
      sources:
      - name: x
        permissions: [{ action: allow, http: { pathPrefix: / } }]
    ---
    kind: ServiceIntentions
    metadata: { name: c, namespace: shop }
    spec:
      destination: { name: '*' }
      sources: [{ name: '*', action: deny }]
  `,
  );
});
