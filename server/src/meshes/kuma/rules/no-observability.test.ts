import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { noObservability } from './no-observability.js';

test('one policy of a mesh tells it for all', () => {
  check(
    noObservability,
    `
    kind: MeshTimeout
    metadata: { name: b, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to: []
    ---
    kind: MeshRetry
    metadata: { name: a, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    #                 ^ info kuma/no-observability
    spec:
      to: []
    ---
    kind: MeshRetry
    metadata: { name: a, namespace: kuma-system, labels: { kuma.io/mesh: other } }
    spec:
      to: []
    ---
    kind: MeshAccessLog
    metadata: { name: a, namespace: kuma-system, labels: { kuma.io/mesh: other } }
    spec:
      to: []
  `,
  );
});

test('an open world may observe it', () => {
  check(
    noObservability,
    `
    kind: MeshTimeout
    metadata: { name: b, namespace: kuma-system, labels: { kuma.io/mesh: default } }
    spec:
      to: []
  `,
    { world: 'open' },
  );
});
