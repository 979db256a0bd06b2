import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
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
