import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { envoyExtensionArguments } from './envoy-extension-arguments.js';

test('extensions need a map, which may be empty', () => {
  check(
    envoyExtensionArguments,
    `
    kind: ProxyDefaults
    metadata: { name: global, namespace: shop }
    spec:
      envoyExtensions:
      - name: builtin/lua
    #< error consul/envoy-extension-arguments 💡
      - name: builtin/aws/lambda
        arguments: {}
  `,
  );
});
