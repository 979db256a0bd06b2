import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { identityInvalid } from './identity-invalid.js';

test('takes DNS names with a star in front, and SPIFFE ids', () => {
  check(
    identityInvalid,
    `
    kind: MeshTLSAuthentication
    metadata: { name: callers, namespace: shop }
    spec:
      identities:
      - cluster.local/ns/shop/sa/checkout
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error linkerd/identity-invalid 💡 ""cluster.local/ns/shop/sa/checkout" is no identity of Linkerd: it is a DNS name, without slashes. The webhook rejects it."
      - "checkout.*.serviceaccount.identity.linkerd.cluster.local"
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error linkerd/identity-invalid ""checkout.*.serviceaccount.identity.linkerd.cluster.local" is no identity of Linkerd: a star stands alone or as the whole first part. The webhook rejects it."
      - Checkout.shop.serviceaccount.identity.linkerd.cluster.local
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error linkerd/identity-invalid ""Checkout.shop.serviceaccount.identity.linkerd.cluster.local" is no identity of Linkerd: it has lower-case letters only. The webhook rejects it."
      - spiffe://example.org/vm/../cart
    #   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error linkerd/identity-invalid ""spiffe://example.org/vm/../cart" is no identity of Linkerd: its path has parts of letters, digits, ".", "_" and "-". The webhook rejects it."
      - spiffe://Example.org/vm
    #   ^^^^^^^^^^^^^^^^^^^^^^^ error linkerd/identity-invalid ""spiffe://Example.org/vm" is no identity of Linkerd: its trust domain has lower-case letters, digits, ".", "_" and "-" only. The webhook rejects it."
      - "*"
      - "*.shop.serviceaccount.identity.linkerd.cluster.local"
      - spiffe://example.org/vm/cart
    ---
    kind: ServerAuthorization
    metadata: { name: cart, namespace: shop }
    spec: { server: { selector: {} }, client: { meshTLS: { identities: ["spiffe://example.org/vm", "*.shop"] } } }
    #                                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^ error linkerd/identity-invalid ""spiffe://example.org/vm" is no identity of Linkerd: a ServerAuthorization takes no SPIFFE ids. The webhook rejects it."

  `,
  );
});
