import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { invalidClientTls } from './invalid-client-tls.js';

test('reports TLS settings that contradict each other', () => {
  check(
    invalidClientTls,
    `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      trafficPolicy:
        tls: { mode: MUTUAL }
    #                ^^^^^^ error istio/invalid-client-tls "Mode MUTUAL needs "clientCertificate" and "privateKey", or "credentialName"."
        portLevelSettings:
        - tls: { mode: SIMPLE, credentialName: configmap://other/ca }
    #                                          ^^^^^^^^^^^^^^^^^^^^ error istio/invalid-client-tls
        - tls: { mode: MUTUAL, credentialName: a, privateKey: /k }
    #                                             ^^^^^^^^^^ error istio/invalid-client-tls 💡
        - tls: { mode: SIMPLE, insecureSkipVerify: true, caCertificates: /ca.pem }
    #                                                    ^^^^^^^^^^^^^^ error istio/invalid-client-tls
        - tls: { mode: MUTUAL, insecureSkipVerify: true, credentialName: a }
        - tls: { mode: ISTIO_MUTUAL }
        - tls: { mode: SIMPLE, credentialName: configmap://shop/ca }
      subsets:
      - trafficPolicy: { tunnel: { protocol: GET }, proxyProtocol: {} }
    #                                        ^^^ error istio/invalid-client-tls
    #                                               ^^^^^^^^^^^^^ error istio/invalid-client-tls
  `,
  );
});

test('takes the second source away', () => {
  const yaml = (more: string) => `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { host: cart, trafficPolicy: { tls: { mode: MUTUAL, credentialName: a${more} } } }
  `;
  checkFix(invalidClientTls, yaml(', caCrl: /crl.pem'), 'Remove "caCrl"', yaml(''));
});
