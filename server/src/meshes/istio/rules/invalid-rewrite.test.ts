import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { invalidRewrite } from './invalid-rewrite.js';

test('reports rewrites that change nothing or one thing twice', () => {
  check(
    invalidRewrite,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - rewrite: {}
    #   ^^^^^^^ error istio/invalid-rewrite "This rewrite changes nothing."
      - rewrite: { uri: /a, uriRegexRewrite: { match: a, rewrite: b } }
    #                       ^^^^^^^^^^^^^^^ error istio/invalid-rewrite
      - rewrite: { uriRegexRewrite: { match: a } }
    #              ^^^^^^^^^^^^^^^ error istio/invalid-rewrite ""uriRegexRewrite" needs "rewrite"."
      - rewrite: { authority: a.example.com }
      - rewrite: { uri: {{ .Values.uri }} }
  `,
  );
});
