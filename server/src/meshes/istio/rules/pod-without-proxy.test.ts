import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { podWithoutProxy } from './pod-without-proxy.js';

const namespace = `
    ---
    kind: Namespace
    metadata: { name: shop, labels: { istio-injection: enabled } }`;

test('reports running pods only', () => {
  check(
    podWithoutProxy,
    `
    kind: Pod
    metadata: { name: running, namespace: shop, uid: x }
    #                 ^^^^^^^ warning istio/pod-without-proxy
    spec: { containers: [{ name: cart, image: a }] }
    ---
    kind: Pod
    metadata: { name: written, namespace: shop }
    spec: { containers: [{ name: cart, image: a }] }
    ---
    kind: Pod
    metadata: { name: opted-out, namespace: shop, uid: x, labels: { sidecar.istio.io/inject: "false" } }
    spec: { containers: [{ name: cart, image: a }] }
    ---
    kind: Pod
    metadata: { name: native, namespace: shop, uid: x }
    spec: { initContainers: [{ name: istio-proxy, image: b }], containers: [{ name: cart, image: a }] }
    ${namespace.trimStart()}
    `,
  );
});
