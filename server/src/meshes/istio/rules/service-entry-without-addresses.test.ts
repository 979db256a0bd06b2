import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serviceEntryWithoutAddresses } from './service-entry-without-addresses.js';

test('reports TCP ports where there are no addresses', () => {
  check(
    serviceEntryWithoutAddresses,
    `
    kind: ServiceEntry
    metadata: { name: db, namespace: shop }
    spec:
      hosts: [db.example.com]
      ports:
      - number: 5432
        name: tcp-db
    #         ^^^^^^ warning istio/service-entry-without-addresses "Port 5432 is TCP, and this ServiceEntry has no addresses."
        protocol: tcp
      - number: 80
        name: http
        protocol: HTTP
      - { number: 81, name: any }
    #                       ^^^ warning istio/service-entry-without-addresses
      - { number: 82, name: templated, protocol: "{{ .Values.protocol }}" }
    ---
    kind: ServiceEntry
    metadata: { name: db2, namespace: shop }
    spec: { hosts: [db2.example.com], addresses: [192.0.2.1], ports: [{ number: 5432, name: tcp, protocol: TCP }] }
  `,
  );
});

test('it is less of a problem where Istio allocates addresses', () => {
  check(
    serviceEntryWithoutAddresses,
    `
    kind: ServiceEntry
    metadata: { name: db, namespace: shop }
    spec: { hosts: [db.example.com], resolution: DNS, ports: [{ number: 5432, name: tcp, protocol: TCP }] }
    #                                                                               ^^^ info istio/service-entry-without-addresses
    ---
    kind: ServiceEntry
    metadata: { name: db2, namespace: shop, labels: { networking.istio.io/enable-autoallocate-ip: "False" } }
    spec: { hosts: [db2.example.com], resolution: DNS, ports: [{ number: 5432, name: tcp, protocol: TCP }] }
    #                                                                                ^^^ warning istio/service-entry-without-addresses
  `,
  );
});

test('a mesh that allocates addresses and answers DNS needs none', () => {
  check(
    serviceEntryWithoutAddresses,
    `
    kind: ServiceEntry
    metadata: { name: db, namespace: shop }
    spec: { hosts: [db.example.com], ports: [{ number: 5432, name: tcp, protocol: TCP }] }
    ---
    kind: ConfigMap
    metadata: { name: istio, namespace: istio-system }
    data:
      mesh: |
        defaultConfig:
          proxyMetadata: { ISTIO_META_DNS_CAPTURE: "true", ISTIO_META_DNS_AUTO_ALLOCATE: "true" }
  `,
  );
});
