import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { applicationRunsAsProxyUser } from './application-runs-as-proxy-user.js';

test('reports user 1337 of a pod and of an application container', () => {
  check(
    applicationRunsAsProxyUser,
    `
    kind: Pod
    metadata: { name: cart, namespace: shop }
    spec:
      securityContext: { runAsUser: 1337 }
    #                               ^^^^ warning istio/application-runs-as-proxy-user
      containers:
      - { name: cart, securityContext: { runAsUser: 1337 } }
    #                                               ^^^^ warning istio/application-runs-as-proxy-user "Container "cart" runs as user 1337, which is the proxy's."
      - { name: istio-proxy, securityContext: { runAsUser: 1337 } }
    `,
  );
});

test('gateways, parts of Istio and other ids are fine', () => {
  check(
    applicationRunsAsProxyUser,
    `
    kind: Pod
    metadata: { name: gateway, namespace: shop }
    spec: { securityContext: { runAsUser: 1337 }, containers: [{ name: istio-proxy }] }
    ---
    kind: Pod
    metadata: { name: istiod, namespace: istio-system, labels: { istio: pilot } }
    spec: { securityContext: { runAsUser: 1337 }, containers: [{ name: discovery }] }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { spec: { securityContext: { runAsUser: 1000 }, containers: [{ name: cart }] } } }
    `,
  );
});
