import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { identityRefInvalid } from './identity-ref-invalid.js';

test('takes accounts, and namespaces without a namespace', () => {
  check(
    identityRefInvalid,
    `
    kind: MeshTLSAuthentication
    metadata: { name: callers, namespace: shop }
    spec:
      identityRefs:
      - { kind: Server, group: policy.linkerd.io, name: cart }
    #                          ^^^^^^^^^^^^^^^^^ error linkerd/identity-ref-invalid "An identity is that of a ServiceAccount or of a Namespace, not of a Server of group "policy.linkerd.io". The webhook rejects it."
      - { kind: Pod, name: cart }
    #           ^^^ error linkerd/identity-ref-invalid "An identity is that of a ServiceAccount or of a Namespace, not of a Pod. The webhook rejects it."
      - { kind: Namespace, name: shop, namespace: shop }
    #                                             ^^^^ error linkerd/identity-ref-invalid 💡 "A Namespace is in no namespace. The webhook rejects it."
      - { kind: ServiceAccount, namespace: shop }
    #           ^^^^^^^^^^^^^^ error linkerd/identity-ref-invalid 💡 "This reference names no ServiceAccount. The webhook rejects it."
      - { kind: Namespace, name: payments }
      - { kind: ServiceAccount, group: core, name: cart, namespace: shop }

  `,
  );
});
