import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { duplicateServiceEntry } from './duplicate-service-entry.js';

test('reports a port of a host that two ServiceEntries define alike', () => {
  check(
    duplicateServiceEntry,
    `
    kind: ServiceEntry
    metadata: { name: api, namespace: shop }
    spec:
      hosts: [api.example.com]
      ports:
      - { number: 443, name: https, protocol: HTTPS }
    #             ^^^ warning istio/duplicate-service-entry "ServiceEntry "shop/partners" defines port 443 of "api.example.com", too."
      - { number: 80, name: http, protocol: HTTP }
    ---
    kind: ServiceEntry
    metadata: { name: partners, namespace: shop }
    spec:
      hosts: [api.example.com, www.example.com]
      ports:
      - { number: 443, name: https, protocol: https }
    #             ^^^ warning istio/duplicate-service-entry
      - { number: 80, name: tcp, protocol: TCP }
  `,
  );
});

test('another port, an entry that is not exported to here, and the same entry elsewhere are fine', () => {
  check(
    duplicateServiceEntry,
    `
    # file: dev.yaml
    kind: ServiceEntry
    metadata: { name: api, namespace: shop }
    spec: { hosts: [api.example.com], exportTo: [.], ports: [{ number: 443, name: https, protocol: HTTPS }] }
    ---
    kind: ServiceEntry
    metadata: { name: api, namespace: payments }
    spec: { hosts: [api.example.com], exportTo: [.], ports: [{ number: 443, name: https, protocol: HTTPS }] }
    # file: prod.yaml
    kind: ServiceEntry
    metadata: { name: api, namespace: shop }
    spec: { hosts: [api.example.com], exportTo: [.], ports: [{ number: 443, name: https, protocol: HTTPS }] }
  `,
  );
});

test('a ServiceEntry that lists a host twice clashes with itself, unless one is the short name', () => {
  const entry = (hosts: string, mark = '') => `
    kind: ServiceEntry
    metadata: { name: api, namespace: shop }
    spec:
      hosts: [${hosts}]
      ports:
      - { number: 80, name: http, protocol: HTTP }
${mark}
  `;
  check(
    duplicateServiceEntry,
    entry(
      'api.example.com, API.example.com',
      '    #             ^^ warning istio/duplicate-service-entry 💡 ""api.example.com" is listed twice, and so is its port 80. One of them is left out."',
    ),
  );
  check(duplicateServiceEntry, entry('cart, cart.shop.svc.cluster.local'));
  checkFix(duplicateServiceEntry, entry('api.example.com, api.example.com'), 'Remove the last "api.example.com"', entry('api.example.com'));
});
