import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { invalidAuthorizationRule } from './invalid-authorization-rule.js';

const ID = 'istio/invalid-authorization-rule';

test('reports what an action needs or cannot go by', () => {
  check(
    invalidAuthorizationRule,
    `
    kind: AuthorizationPolicy
    metadata: { name: a, namespace: shop }
    spec: { action: DENY }
    #               ^^^^ error ${ID} "A policy that denies needs rules; this denies nothing."
    ---
    kind: AuthorizationPolicy
    metadata: { name: b, namespace: shop }
    spec:
      action: CUSTOM
      provider: { name: ext }
      rules: [{ from: [{ source: { principals: ["*"] } }], when: [{ key: request.auth.principal, values: [a] }] }]
    #                              ^^^^^^^^^^ error ${ID}
    #                                                                    ^^^^^^^^^^^^^^^^^^^^^^ error ${ID}
    ---
    kind: AuthorizationPolicy
    metadata: { name: c, namespace: shop }
    spec: { provider: { name: ext }, rules: [{}] }
    #       ^^^^^^^^ error ${ID} "A provider is for action CUSTOM, and this is ALLOW."
    ---
    kind: AuthorizationPolicy
    metadata: { name: d, namespace: shop }
    spec: {}
  `,
  );
});

test('reports parts that are empty or unreadable', () => {
  check(
    invalidAuthorizationRule,
    `
    kind: AuthorizationPolicy
    metadata: { name: a, namespace: shop }
    spec:
      rules:
      - from: [{ source: {} }]
    #            ^^^^^^ error ${ID} "This source says nothing."
        to: [{ operation: { paths: ["", "/a/{*}/b", "/a/{**}/{*}", "/a{*}", "{{ .Values.path }}"] } }]
    #                               ^^ error ${ID} "An entry of "paths" is empty."
    #                                               ^^^^^^^^^^^^^ error ${ID}
    #                                                              ^^^^^^^ error ${ID}
      - from: [{ source: { serviceAccounts: [a/b/c, /sa, a/, a/b], trustDomains: [a*b, td/x, "*.example"] } }]
    #                                        ^^^^^ error ${ID}
    #                                               ^^^ error ${ID}
    #                                                    ^^ error ${ID}
    #                                                                             ^^^ error ${ID}
    #                                                                                  ^^^^ error ${ID}
      - to: [{ operation: {{ .Values.operation }} }]
  `,
  );
});

test('reports conditions that do not exist', () => {
  check(
    invalidAuthorizationRule,
    `
    kind: AuthorizationPolicy
    metadata: { name: a, namespace: shop }
    spec:
      rules:
      - when:
        - { key: foo, values: [a] }
    #            ^^^ error ${ID} ""foo" is nothing that a condition can go by."
        - { key: request.headers, values: [a] }
    #            ^^^^^^^^^^^^^^^ error ${ID}
        - { key: "destination.labels[app]", values: [a] }
    #            ^^^^^^^^^^^^^^^^^^^^^^^^^ error ${ID}
        - { key: source.ip }
    #            ^^^^^^^^^ error ${ID} "This condition needs "values" or "notValues"."
        - { key: "request.auth.claims[a][b]", values: [a] }
        - { key: "experimental.envoy.filters.x[y]", notValues: [a] }
  `,
  );
});
