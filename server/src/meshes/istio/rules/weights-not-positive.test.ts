import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { weightsNotPositive } from './weights-not-positive.js';

test('reports weights below 0, and several destinations without any', () => {
  check(
    weightsNotPositive,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - route:
        - destination: { host: a }
          weight: -1
    #             ^^ error istio/weights-not-positive "A destination cannot have a weight below 0."
        - destination: { host: b }
          weight: 1
      - route:
        - destination: { host: a }
    #     ^^^^^^^^^^^ error istio/weights-not-positive "All destinations of this route have weight 0."
        - destination: { host: b }
      - route: [{ destination: { host: a }, weight: 0 }]
      - route: [{ destination: { host: a }, weight: 0 }, { destination: { host: b }, weight: 3 }]
      - route: [{ destination: { host: a }, weight: 0 }, { destination: { host: b }, weight: "{{ .Values.weight }}" }]
  `,
  );
});
