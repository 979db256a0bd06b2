import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { backendWeightsZero } from './backend-weights-zero.js';

test('a rule needs a backend that gets something', () => {
  check(
    backendWeightsZero,
    `
    kind: MeshTCPRoute
    metadata: { name: cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to:
      - targetRef: { kind: MeshService, name: db }
        rules:
        - default: { backendRefs: [{ kind: MeshService, name: a, weight: 0 }, { kind: MeshService, name: b, weight: 0 }] }
    #                ^^^^^^^^^^^ warning kuma/backend-weights-zero
        - default: { backendRefs: [{ kind: MeshService, name: a, weight: 0 }, { kind: MeshService, name: b }] }
  `,
  );
});
