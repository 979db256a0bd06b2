import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { unreadableRegex } from './unreadable-regex.js';

test('reports what RE2 does not have, where it stands', () => {
  check(
    unreadableRegex,
    `
    apiVersion: kuma.io/v1alpha1
    kind: MeshHTTPRoute
    metadata: { name: cart, namespace: kuma-system }
    spec:
      to:
      - targetRef: { kind: MeshService, name: cart }
        rules:
        - matches:
          - path: { type: RegularExpression, value: /(?!b) }
    #                                                ^^^ error kuma/unreadable-regex
            headers: [{ name: a, type: RegularExpression, value: "(?i)b+" }, { name: b, type: Exact, value: "(?!" }]
            queryParams: [{ name: a, type: RegularExpression, value: 'a*+' }]
    #                                                                  ^^ error kuma/unreadable-regex
  `,
  );
});
