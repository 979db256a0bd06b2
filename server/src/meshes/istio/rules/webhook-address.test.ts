import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { webhookAddress } from './webhook-address.js';

test('reports webhooks that cannot be called', () => {
  check(
    webhookAddress,
    `
    kind: MutatingWebhookConfiguration
    metadata: { name: istio-sidecar-injector-external }
    webhooks:
    - name: a.istio.io
      clientConfig: { url: "https://10.0.0.1:15017/inject" }
    #                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info istio/webhook-address ""10.0.0.1" is an address, not a host name."
    - name: b.istio.io
      clientConfig: { url: "istiod" }
    #                      ^^^^^^^^ warning istio/webhook-address "This is no URL."
    - name: c.istio.io
      clientConfig: { caBundle: x }
    # ^^^^^^^^^^^^ warning istio/webhook-address "This webhook has neither a Service nor a URL."
    - name: d.istio.io
      clientConfig: { url: "https://istiod.example.com:15017/inject" }
    - name: e.istio.io
      clientConfig: { service: { name: istiod, namespace: istio-system } }
    ---
    kind: MutatingWebhookConfiguration
    metadata: { name: other }
    webhooks: [{ name: a.example.com, clientConfig: {} }]
    `,
  );
});
