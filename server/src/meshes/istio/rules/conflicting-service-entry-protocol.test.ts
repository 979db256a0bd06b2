import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { conflictingServiceEntryProtocol } from './conflicting-service-entry-protocol.js';

test('reports protocols that differ for one port of a host', () => {
  check(
    conflictingServiceEntryProtocol,
    `
    kind: ServiceEntry
    metadata: { name: api, namespace: shop }
    spec:
      hosts: [api.example.com]
      ports:
      - { number: 80, name: http, protocol: HTTP }
    #                                       ^^^^ warning istio/conflicting-service-entry-protocol "ServiceEntry "payments/api" says TCP for port 80 of "api.example.com", not HTTP."
      - { number: 443, name: https, protocol: HTTPS }
    ---
    kind: ServiceEntry
    metadata: { name: api, namespace: payments }
    spec:
      hosts: [www.example.com, api.example.com]
      ports:
      - { number: 80, name: tcp, protocol: tcp }
    #                                      ^^^ warning istio/conflicting-service-entry-protocol
      - { number: 443, name: https, protocol: https }
    ---
    kind: ServiceEntry
    metadata: { name: private, namespace: test }
    spec: { hosts: [api.example.com], exportTo: [.], ports: [{ number: 443, name: tcp, protocol: "{{ .Values.protocol }}" }] }
  `,
    { world: 'open' },
  );
});

test('entries that nobody sees together do not conflict', () => {
  check(
    conflictingServiceEntryProtocol,
    `
    kind: ServiceEntry
    metadata: { name: api, namespace: shop }
    spec: { hosts: [api.example.com], exportTo: [.], ports: [{ number: 80, name: http, protocol: HTTP }] }
    ---
    kind: ServiceEntry
    metadata: { name: api, namespace: payments }
    spec: { hosts: [api.example.com], exportTo: [.], ports: [{ number: 80, name: tcp, protocol: TCP }] }
  `,
  );
});
