import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { invalidRegex } from './invalid-regex.js';

test('reports regular expressions that RE2 does not read', () => {
  check(
    invalidRegex,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - match:
        - uri: { regex: "/a(?!b)" }
    #                      ^^^ error istio/invalid-regex "RE2 cannot read this regular expression: it has no look-ahead."
          authority: { regex: "" }
    #                         ^^ error istio/invalid-regex "This regular expression is empty."
          headers: { a: { regex: "[a" }, b: { regex: "{{ .Values.pattern }}" }, c: { regex: "(?i)b+" } }
    #                             ^ error istio/invalid-regex "RE2 cannot read this regular expression: this class has no end."
          withoutHeaders: { a: { regex: "*" }, b: { regex: "a*" } }
        corsPolicy: { allowOrigins: [{ regex: "(a" }] }
    #                                          ^ error istio/invalid-regex "RE2 cannot read this regular expression: this group has no end."
        rewrite: { uriRegexRewrite: { match: "^/a/(.*)$", rewrite: '/\\1' } }
    ---
    kind: EnvoyFilter
    metadata: { name: cart, namespace: shop }
    spec:
      configPatches:
      - match: { proxy: { proxyVersion: '^1\\.(2' } }
    #                                        ^ error istio/invalid-regex
      - match: { context: WAYPOINT, proxy: { proxyVersion: '^1\\.(2' } }
  `,
  );
});
