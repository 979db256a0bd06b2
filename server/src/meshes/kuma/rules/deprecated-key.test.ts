import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { deprecatedKey } from './deprecated-key.js';

test('metrics have a policy now', () => {
  check(
    deprecatedKey,
    `
    kind: Pod
    metadata: { name: a, namespace: shop, annotations: { prometheus.metrics.kuma.io/port: "1234", kuma.io/builtin-dns: enabled } }
    #                                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info kuma/deprecated-key
    spec: { containers: [{ name: a }] }
  `,
  );
});
