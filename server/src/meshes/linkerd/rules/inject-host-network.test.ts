import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { injectHostNetwork } from './inject-host-network.js';

test('asks whether injection is asked for, by the pod or its Namespace', () => {
  check(
    injectHostNetwork,
    `
    kind: Pod
    metadata: { name: a, namespace: shop }
    spec: { hostNetwork: true, containers: [{ name: a }] }
    #                    ^^^^ warning linkerd/inject-host-network 💡 "Injection is asked for, and pods on the network of the host get no proxy. The injector skips them."
    ---
    kind: Pod
    metadata: { name: b, namespace: shop, annotations: { linkerd.io/inject: disabled } }
    spec: { hostNetwork: true, containers: [{ name: b }] }
    ---
    kind: Pod
    metadata: { name: c, namespace: payments, annotations: { linkerd.io/inject: ingress } }
    spec: { hostNetwork: true, containers: [{ name: c }] }
    #                    ^^^^ warning linkerd/inject-host-network 💡 "Injection is asked for, and pods on the network of the host get no proxy. The injector skips them."
    ---
    kind: Pod
    metadata: { name: d, namespace: payments }
    spec: { hostNetwork: true, containers: [{ name: d }] }
    ---
    kind: Namespace
    metadata: { name: shop, annotations: { linkerd.io/inject: enabled } }

  `,
  );
});
