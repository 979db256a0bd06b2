import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serverAccessPolicyInvalid } from './server-access-policy-invalid.js';

test('takes the six words, in lower case', () => {
  check(
    serverAccessPolicyInvalid,
    `
    kind: Server
    metadata: { name: cart, namespace: shop }
    spec: { podSelector: {}, port: 80, accessPolicy: Deny }
    #                                                ^^^^ error linkerd/server-access-policy-invalid 💡 ""Deny" is no access policy; use all-unauthenticated, all-authenticated, cluster-unauthenticated, cluster-authenticated, deny or audit. The webhook rejects it."
    ---
    kind: Server
    metadata: { name: ok, namespace: shop }
    spec: { podSelector: {}, port: 80, accessPolicy: cluster-authenticated }
    ---
    kind: Server
    metadata: { name: templated, namespace: shop }
    spec: { podSelector: {}, port: 80, accessPolicy: "{{ .Values.policy }}" }

  `,
  );
});
