import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { singletonName } from './singleton-name.js';

test('names of entries that exist once', () => {
  check(
    singletonName,
    `
    kind: Mesh
    metadata:
      name: main
    #< error consul/singleton-name 💡 "The one Mesh of a cluster is called "mesh", not "main"."
    spec: {}
    ---
    kind: RateLimit
    metadata:
      name: limits
    #< error consul/singleton-name
    spec: { config: {} }
    ---
    kind: ExportedServices
    metadata: { name: default, namespace: a }
    spec: {}
  `,
  );
});

test('with Enterprise ExportedServices bear the name of their partition', () => {
  check(
    singletonName,
    `
    kind: ExportedServices
    metadata: { name: team-a, namespace: a }
    spec: {}
  `,
    { settings: { consul: { edition: 'enterprise' } } },
  );
});
