import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { ineffectiveMatch } from './ineffective-match.js';
import { shadowedRoute } from './shadowed-route.js';

test('reports matches that an earlier one covers', () => {
  check(
    ineffectiveMatch,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - name: api
        match:
        - uri: { prefix: /api }
        - uri: { prefix: /api }
    #     ^^^^^^^^^^^^^^^^^^^^^ info istio/ineffective-match 💡 "Another match of this route already takes all that this matches."
      - match:
        - uri: { exact: /api/v2 }
    #     ^^^^^^^^^^^^^^^^^^^^^^^ info istio/ineffective-match 💡 "Route "api" above already takes all that this matches."
        - uri: { prefix: /web }
  `,
  );
});

test('other conditions, and ones that differ, are no duplicates', () => {
  check(
    ineffectiveMatch,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - match:
        - uri: { prefix: /api }
          method: { exact: POST }
        - uri: { prefix: /web }
          headers: { x-user: { exact: a } }
        - uri: { regex: "/r.*" }
      - match:
        - uri: { prefix: /api }
        - uri: { prefix: /web }
          headers: { x-user: { exact: b } }
        - uri: { prefix: /r }
        - uri: { prefix: /API }
          ignoreUriCase: true
  `,
  );
});

test('deletes the match', () => {
  const yaml = (match: string) => `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - match:
        - uri: { prefix: /api }${match}
        - uri: { prefix: /web }
  `;
  checkFix(ineffectiveMatch, yaml('\n        - uri: { prefix: /api/v2 }'), 'Delete this match', yaml(''));
});

test('tells of GET requests that an earlier match takes', () => {
  check(
    ineffectiveMatch,
    `
    kind: VirtualService
    metadata: { name: a, namespace: shop }
    spec:
      http:
      - match: [{ uri: { prefix: /a }, method: { exact: GET } }]
      - match: [{ uri: { prefix: /a/b } }]
    #           ^^^^^^^^^^^^^^^^^^^^^^^^^ info istio/ineffective-match "Route "http[0]" above already takes the GET requests that this matches."
    ---
    kind: VirtualService
    metadata: { name: b, namespace: shop }
    spec:
      http:
      - match: [{ uri: { prefix: /a }, method: { exact: POST } }]
      - match: [{ uri: { prefix: /a/b } }]
  `,
  );
});

test('tells of each earlier match that covers one, as a hint, and of an equal one alone', () => {
  check(
    [ineffectiveMatch, shadowedRoute],
    `
    kind: VirtualService
    metadata: { name: a, namespace: shop }
    spec:
      http:
      - match: [{ uri: { prefix: /a } }]
        redirect: { uri: / }
      - match: [{ uri: { prefix: /a/b } }]
    #           ^^^^^^^^^^^^^^^^^^^^^^^^^ warning istio/shadowed-route 💡
        redirect: { uri: / }
      - match: [{ uri: { prefix: /a/b/c } }]
    #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ hint istio/ineffective-match "Route "http[1]" takes what this matches, too. It comes earlier."
    #           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning istio/shadowed-route 💡 "Route "http[0]" above already takes all that this matches."
        redirect: { uri: / }
    ---
    kind: VirtualService
    metadata: { name: b, namespace: shop }
    spec:
      http:
      - match: [{ uri: { prefix: /a } }, { uri: { prefix: /b } }]
        redirect: { uri: / }
      - match: [{ uri: { prefix: /b } }]
    #           ^^^^^^^^^^^^^^^^^^^^^^^ warning istio/shadowed-route 💡 "Route "http[0]" above already takes all that this matches."
        redirect: { uri: / }
  `,
  );
});
