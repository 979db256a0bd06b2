import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { splitterWeightRange } from './splitter-weight-range.js';

test('weights below 0.01 and above 100', () => {
  check(
    splitterWeightRange,
    `
    kind: ServiceSplitter
    metadata: { name: web, namespace: shop }
    spec:
      splits:
      - weight: -10
    #< error consul/splitter-weight-range
      - weight: 110
    #< error consul/splitter-weight-range
      - weight: 0.001
    #< error consul/splitter-weight-range
      - weight: 0
      - weight: 0.01
      - weight: 100
  `,
  );
});
