import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { defaultDenyWithoutAuthorization } from './default-deny-without-authorization.js';

test('is content with a Server in the namespace', () => {
  check(
    defaultDenyWithoutAuthorization,
    `
    kind: Namespace
    metadata: { name: shop, annotations: { config.linkerd.io/default-inbound-policy: deny } }
    #                                                                                ^^^^ warning linkerd/default-deny-without-authorization 💡 "No Server in this workspace is in "shop", so nothing lets a client in. Every call to these pods is refused, but for probes of the kubelet."
    ---
    kind: Namespace
    metadata: { name: payments, annotations: { config.linkerd.io/default-inbound-policy: deny } }
    ---
    kind: Server
    metadata: { name: ledger, namespace: payments }
    spec: { podSelector: {}, port: 80 }

  `,
  );
});
