import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { overlappingInjectors } from './overlapping-injectors.js';

test('reports webhooks that match the same pods', () => {
  check(
    overlappingInjectors,
    `
    kind: MutatingWebhookConfiguration
    metadata: { name: old }
    webhooks:
    - name: sidecar-injector.istio.io
      namespaceSelector: { matchLabels: { istio-injection: enabled } }
    # ^^^^^^^^^^^^^^^^^ error istio/overlapping-injectors ""new/sidecar-injector.istio.io" takes some of the same pods."
    ---
    kind: MutatingWebhookConfiguration
    metadata: { name: new }
    webhooks:
    - name: sidecar-injector.istio.io
      namespaceSelector: { matchLabels: { istio-injection: enabled } }
    # ^^^^^^^^^^^^^^^^^ error istio/overlapping-injectors
    - name: rev.sidecar-injector.istio.io
      namespaceSelector: { matchExpressions: [{ key: istio.io/rev, operator: In, values: [a] }, { key: istio-injection, operator: DoesNotExist }] }
    ---
    kind: MutatingWebhookConfiguration
    metadata: { name: foreign }
    webhooks:
    - name: hook.example.com
      namespaceSelector: { matchLabels: { istio-injection: enabled } }
    `,
  );
});
