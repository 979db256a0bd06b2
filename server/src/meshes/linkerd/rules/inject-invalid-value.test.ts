import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { injectInvalidValue } from './inject-invalid-value.js';

test('knows three values, where injection is decided', () => {
  check(
    injectInvalidValue,
    `
    kind: Namespace
    metadata: { name: shop, annotations: { linkerd.io/inject: "true" } }
    #                                                         ^^^^^^ error linkerd/inject-invalid-value 💡 ""true" is no value of linkerd.io/inject; use enabled, disabled or ingress. Pods get no proxy."
    ---
    kind: Deployment
    metadata: { name: a, namespace: shop, annotations: { linkerd.io/inject: nonsense } }
    spec: { template: { metadata: { annotations: { linkerd.io/inject: Enabled } } } }
    #                                                                 ^^^^^^^ error linkerd/inject-invalid-value 💡 ""Enabled" is no value of linkerd.io/inject; use enabled, disabled or ingress. Pods get no proxy."
    ---
    kind: Pod
    metadata: { name: b, namespace: shop, annotations: { linkerd.io/inject: "" } }
    ---
    kind: Pod
    metadata: { name: c, namespace: shop, annotations: { linkerd.io/inject: ingress } }

  `,
  );
});
