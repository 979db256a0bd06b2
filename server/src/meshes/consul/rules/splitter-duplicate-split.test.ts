import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { splitterDuplicateSplit } from './splitter-duplicate-split.js';

test('the own name is what a split without service means', () => {
  check(
    splitterDuplicateSplit,
    `
    kind: ServiceSplitter
    metadata: { name: web, namespace: shop }
    spec:
      splits:
      - weight: 50
        serviceSubset: v1
      - weight: 30
        serviceSubset: v2
      - weight: 20
        service: web
        serviceSubset: v1
    #< error consul/splitter-duplicate-split "An earlier split leads to "web (v1)" too."
  `,
  );
});
