import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { splitterWeightsSum } from './splitter-weights-sum.js';

test('weights that do not add up', () => {
  check(
    splitterWeightsSum,
    `
    kind: ServiceSplitter
    metadata: { name: web, namespace: shop }
    spec:
      splits:
    #< error consul/splitter-weights-sum 💡 "The weights add up to 95, not 100."
      - weight: 90
        serviceSubset: v1
      - weight: 5
        serviceSubset: v2
    ---
    kind: ServiceSplitter
    metadata: { name: api, namespace: shop }
    spec:
      splits: []
    #< error consul/splitter-weights-sum "This splitter has no split."
  `,
  );
});

test('thirds, and templates', () => {
  check(
    splitterWeightsSum,
    `
    kind: ServiceSplitter
    metadata: { name: web, namespace: shop }
    spec:
      splits:
      - weight: 33.33
        serviceSubset: v1
      - weight: 33.33
        serviceSubset: v2
      - weight: 33.34
        serviceSubset: v3
    ---
    kind: ServiceSplitter
    metadata: { name: api, namespace: shop }
    spec:
      splits:
      - weight: \${WEIGHT}
        serviceSubset: v1
  `,
  );
});
