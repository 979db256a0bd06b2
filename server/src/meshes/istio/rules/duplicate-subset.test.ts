import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { duplicateSubset } from './duplicate-subset.js';

test('reports the second subset of a name', () => {
  check(
    duplicateSubset,
    `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { subsets: [{ name: v1 }, { name: v2 }, { name: v1 }, { name: "{{ .Values.a }}" }, { name: "{{ .Values.a }}" }] }
    #                                                     ^^ error istio/duplicate-subset "There are two subsets "v1"."
  `,
  );
});
