import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { envoyconfigInvalid } from './envoyconfig-invalid.js';

test('asks for resources with their types, and for listeners among them', () => {
  check(
    envoyconfigInvalid,
    `
    kind: CiliumEnvoyConfig
    metadata: { name: none, namespace: shop }
    spec: { resources: [] }
    #       ^^^^^^^^^ error cilium/envoyconfig-invalid "There are no resources for Envoy."
    ---
    kind: CiliumClusterwideEnvoyConfig
    metadata: { name: all }
    spec:
      services: [{ name: cart, namespace: shop }, { name: cart, namespace: shop, listener: evnoy }]
    #                                                                                      ^^^^^ error cilium/envoyconfig-invalid 💡 "No listener among the resources is called "evnoy" (there is "envoy")."
      resources:
      - "@type": type.googleapis.com/envoy.config.listener.v3.Listener
        name: envoy
      - name: backend
    #   ^^^^ error cilium/envoyconfig-invalid "A resource for Envoy needs its "@type"."
    `,
  );
});

test('offers the listener', () => {
  checkFix(
    envoyconfigInvalid,
    `
    kind: CiliumEnvoyConfig
    metadata: { name: cart, namespace: shop }
    spec:
      services: [{ name: cart, namespace: shop, listener: other }]
      resources: [{ "@type": type.googleapis.com/envoy.config.listener.v3.Listener, name: envoy }]
    `,
    'Change to "envoy"',
    `
    kind: CiliumEnvoyConfig
    metadata: { name: cart, namespace: shop }
    spec:
      services: [{ name: cart, namespace: shop, listener: envoy }]
      resources: [{ "@type": type.googleapis.com/envoy.config.listener.v3.Listener, name: envoy }]
    `,
  );
});
