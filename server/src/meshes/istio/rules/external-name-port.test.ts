import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { externalNamePort } from './external-name-port.js';

test('reports ports that would be captured for every address', () => {
  check(
    externalNamePort,
    `
    kind: Service
    metadata: { name: api, namespace: shop }
    spec:
      type: ExternalName
      ports:
      - { name: api, port: 443 }
    #           ^^^ warning istio/external-name-port 💡 "Port name "api" leaves an ExternalName Service plain TCP."
      - { port: 80 }
    #           ^^ warning istio/external-name-port 💡
      - { name: tcp, port: 81 }
    #           ^^^ warning istio/external-name-port 💡
      - { name: https-api, port: 8443 }
    `,
  );
});

test('a Service with addresses is another matter', () => {
  check(externalNamePort, 'kind: Service\nmetadata: { name: api, namespace: shop }\nspec: { ports: [{ name: api, port: 443 }] }');
});
