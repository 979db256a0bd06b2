import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { invalidRedirect } from './invalid-redirect.js';

test('reports redirects that lead nowhere or to two places', () => {
  check(
    invalidRedirect,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - redirect: {}
    #   ^^^^^^^^ error istio/invalid-redirect "This redirect changes nothing of the address."
      - redirect: { uri: /a, prefixRewrite: /b }
    #                        ^^^^^^^^^^^^^ error istio/invalid-redirect
      - match: [{ uri: { exact: /a } }]
        redirect: { prefixRewrite: /b }
    #               ^^^^^^^^^^^^^ error istio/invalid-redirect
      - redirect: { scheme: ftp }
    #                       ^^^ error istio/invalid-redirect "A redirect leads to http or https, not to "ftp"."
      - match: [{ headers: {} }, { uri: { prefix: /a } }]
        redirect: { prefixRewrite: /b }
      - redirect: { derivePort: FROM_PROTOCOL_DEFAULT }
      - redirect: { authority: {{ .Values.host }} }
  `,
  );
});

test('takes one of two rewrites away, and writes schemes as they are called', () => {
  const yaml = (redirect: string) => `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { hosts: [cart], http: [{ match: [{ uri: { prefix: /a } }], redirect: { ${redirect} } }] }
  `;
  checkFix(invalidRedirect, yaml('uri: /b, prefix$0Rewrite: /c'), 'Remove "uri"', yaml('prefixRewrite: /c'));
  checkFix(invalidRedirect, yaml('uri: /b, prefix$0Rewrite: /c'), 'Remove "prefixRewrite"', yaml('uri: /b'));
  checkFix(invalidRedirect, yaml('uri: /b, scheme: HTT$0PS'), 'Change to "https"', yaml('uri: /b, scheme: https'));
});
