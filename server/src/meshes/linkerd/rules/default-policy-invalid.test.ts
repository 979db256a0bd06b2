import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { defaultPolicyInvalid } from './default-policy-invalid.js';

test('takes the six words', () => {
  check(
    defaultPolicyInvalid,
    `
    kind: Namespace
    metadata: { name: shop, annotations: { config.linkerd.io/default-inbound-policy: Deny } }
    #                                                                                ^^^^ error linkerd/default-policy-invalid 💡 ""Deny" is no value of config.linkerd.io/default-inbound-policy. It is ignored, and the default of the cluster holds, which may let everybody in."
    ---
    kind: Deployment
    metadata: { name: a, namespace: shop }
    spec: { template: { metadata: { annotations: { config.linkerd.io/default-inbound-policy: cluster-authenticated } } } }

  `,
  );
});
