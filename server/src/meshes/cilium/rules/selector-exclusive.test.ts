import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { selectorExclusive } from './selector-exclusive.js';

test('reports a rule with both selectors, and one with none', () => {
  check(
    selectorExclusive,
    `
    kind: CiliumClusterwideNetworkPolicy
    metadata: { name: both }
    specs:
    - endpointSelector: {}
      nodeSelector: {}
    # ^^^^^^^^^^^^ error cilium/selector-exclusive 💡
      ingress: [{}]
    - ingress: [{}]
    # ^^^^^^^^^^^^^ error cilium/selector-exclusive "This rule selects neither endpoints nor nodes."
    - nodeSelector: {}
      ingress: [{}]
  `,
  );
});
