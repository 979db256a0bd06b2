import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { invalidHeaderChange } from './invalid-header-change.js';

test('reports headers that cannot be changed, and values that Envoy cannot read', () => {
  check(
    invalidHeaderChange,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - headers:
          request:
            set:
              :path: /x
    #         ^^^^^ error istio/invalid-header-change "":path" is a pseudo-header, which cannot be changed here."
              host: a.example.com
              x-a: 50%
    #              ^^^ error istio/invalid-header-change
              x-b: "%HOSTNAME% {{ .Values.a }}"
              x-c: 50%% of %REQ(X-B)%
            remove: [Host, x-d]
    #                ^^^^ error istio/invalid-header-change ""Host" cannot be changed here."
        route:
        - destination: { host: cart }
          headers: { response: { add: { host: a } } }
    #                                   ^^^^ error istio/invalid-header-change
  `,
  );
});

test('reports an authority that is set twice', () => {
  check(
    invalidHeaderChange,
    `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      http:
      - rewrite: { authority: a.example.com }
        headers: { request: { set: { ":authority": b.example.com } } }
    #                                ^^^^^^^^^^^^ error istio/invalid-header-change "This route sets the authority of requests in two places."
      - rewrite: { uri: / }
        headers: { request: { set: { ":authority": b.example.com } } }
  `,
  );
});
