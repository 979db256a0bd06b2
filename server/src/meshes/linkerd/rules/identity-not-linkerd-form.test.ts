import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { identityNotLinkerdForm } from './identity-not-linkerd-form.js';

test('knows the form of identities of pods', () => {
  check(
    identityNotLinkerdForm,
    `
    kind: MeshTLSAuthentication
    metadata: { name: callers, namespace: shop }
    spec: { identities: [checkout.shop, "*.shop.example.org", spiffe://example.org/vm, checkout.shop.serviceaccount.identity.linkerd.cluster.local] }
    #                    ^^^^^^^^^^^^^ info linkerd/identity-not-linkerd-form 💡 ""checkout.shop" is not the form that identities of pods have. No pod of the mesh has this identity."
    ---
    kind: ServiceAccount
    metadata: { name: checkout, namespace: shop }

  `,
  );
});
