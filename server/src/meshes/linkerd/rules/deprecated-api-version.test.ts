import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { deprecatedApiVersion } from './deprecated-api-version.js';

test('knows the versions and kinds that go', () => {
  check(
    deprecatedApiVersion,
    `
    apiVersion: policy.linkerd.io/v1beta1
    #           ^^^^^^^^^^^^^^^^^^^^^^^^^ warning linkerd/deprecated-api-version 💡 ""policy.linkerd.io/v1beta1" is a deprecated version of Server; today it is "policy.linkerd.io/v1beta3". It works until a later release takes it away."
    kind: Server
    metadata: { name: a, namespace: shop }
    spec: { podSelector: {}, port: 80 }
    ---
    apiVersion: policy.linkerd.io/v1beta2
    kind: Server
    metadata: { name: b, namespace: shop }
    spec: { podSelector: {}, port: 80 }
    ---
    kind: TrafficSplit
    #     ^^^^^^^^^^^^ warning linkerd/deprecated-api-version "A TrafficSplit needs the extension linkerd-smi; an HTTPRoute splits traffic without it."
    metadata: { name: c, namespace: shop }
    spec: { service: cart, backends: [{ service: cart, weight: 1 }] }

  `,
  );
});
