import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { singletonDuplicate } from './singleton-duplicate.js';

test('a second one, in whatever namespace', () => {
  check(
    singletonDuplicate,
    `
    kind: Mesh
    metadata: { name: mesh, namespace: a }
    spec: {}
    ---
    kind: Mesh
    metadata: { name: mesh, namespace: b }
    #< error consul/singleton-duplicate
    spec: {}
    ---
    kind: ProxyDefaults
    metadata: { name: global, namespace: b }
    spec: {}
  `,
  );
});

test('the one on top is the first, whatever the names', () => {
  check(
    singletonDuplicate,
    `
    kind: Mesh
    metadata: { name: zone, namespace: z }
    spec: {}
    ---
    kind: Mesh
    metadata: { name: mesh, namespace: a }
    #< error consul/singleton-duplicate
    spec: {}
  `,
  );
});
