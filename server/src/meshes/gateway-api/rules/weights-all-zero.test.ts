import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { weightsAllZero } from './weights-all-zero.js';

test('reports rules whose backends all have weight 0', () => {
  check(
    weightsAllZero,
    `
    kind: HTTPRoute
    metadata: { name: cart, namespace: shop }
    spec:
      rules:
      - backendRefs:
    #   ^^^^^^^^^^^ warning gateway-api/weights-all-zero "Every backend of this rule has weight 0. Its requests get 500."
        - { name: cart, port: 80, weight: 0 }
        - { name: cart-v2, port: 80, weight: 0 }
      - backendRefs:
        - { name: cart, port: 80, weight: 0 }
        - { name: cart-v2, port: 80 }
      - backendRefs:
        - { name: cart, port: 80, weight: "{{ .Values.weight }}" }
      - backendRefs: []
  `,
  );
});
