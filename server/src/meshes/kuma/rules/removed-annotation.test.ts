import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { removedAnnotation } from './removed-annotation.js';

test('old spellings are read by nobody', () => {
  check(
    removedAnnotation,
    `
    kind: Pod
    metadata: { name: a, namespace: shop, annotations: { kuma.io/builtindns: enabled, kuma.io/virtual-probes: enabled } }
    #                                                    ^^^^^^^^^^^^^^^^^^ warning kuma/removed-annotation
    spec: { containers: [{ name: a }] }
  `,
  );
});

test('version 3 gives up more', () => {
  check(
    removedAnnotation,
    `
    kind: Pod
    metadata: { name: a, namespace: shop, annotations: { kuma.io/virtual-probes: enabled, kuma.io/builtin-dns: enabled } }
    #                                                    ^^^^^^^^^^^^^^^^^^^^^^ warning kuma/removed-annotation
    spec: { containers: [{ name: a }] }
  `,
    { settings: { kuma: { version: '3.0' } } },
  );
});

test('writes it as it is spelled today', () => {
  checkFix(
    removedAnnotation,
    `
    kind: Pod
    metadata: { name: a, namespace: shop, annotations: { kuma.io/builtin$0dns: enabled } }
    spec: { containers: [{ name: a }] }
  `,
    'Change to "kuma.io/builtin-dns"',
    `
    kind: Pod
    metadata: { name: a, namespace: shop, annotations: { kuma.io/builtin-dns: enabled } }
    spec: { containers: [{ name: a }] }
  `,
  );
});
