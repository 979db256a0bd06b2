import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { specMissing } from './spec-missing.js';

test('reports a policy without any rule', () => {
  check(
    specMissing,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    #                 ^^^ error cilium/spec-missing "This CiliumNetworkPolicy has neither "spec" nor "specs"."
  `,
  );
});

test('a list of rules will do, and so will what a template writes', () => {
  check(
    specMissing,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    specs:
    - endpointSelector: {}
    ---
    kind: CiliumClusterwideNetworkPolicy
    metadata: { name: all }
    spec: "{{ .Values.policy }}"
  `,
  );
});
