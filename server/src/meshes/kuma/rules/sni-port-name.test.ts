import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { sniPortName } from './sni-port-name.js';

test('parts of server names have no dots', () => {
  check(
    sniPortName,
    `
    apiVersion: kuma.io/v1alpha1
    kind: MeshService
    metadata: { name: cart, namespace: shop, labels: { kuma.io/zone: east.1 } }
    #                                                                ^^^^^^ warning kuma/sni-port-name
    spec:
      ports:
      - { port: 80, name: http.web }
    #                     ^^^^^^^^ warning kuma/sni-port-name
      - { port: 81, name: http-web }
      - { port: 82 }
  `,
  );
});
