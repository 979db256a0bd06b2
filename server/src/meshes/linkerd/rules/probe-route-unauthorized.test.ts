import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { probeRouteUnauthorized } from './probe-route-unauthorized.js';

test('wants a route and a policy for each probe once there is a route', () => {
  check(
    probeRouteUnauthorized,
    `
    kind: Server
    metadata: { name: cart, namespace: shop }
    #                 ^^^^ warning linkerd/probe-route-unauthorized "No route of this Server takes the probe "/live" of "cart". The probe fails, and the pod is restarted or never gets ready. Attach a route for the paths of the probes, and a policy about it that asks for a NetworkAuthentication of 0.0.0.0/0 and ::/0, or of the networks of the nodes."
    spec: { podSelector: { matchLabels: { app: cart } }, port: http }
    ---
    kind: Pod
    metadata: { name: cart, namespace: shop, labels: { app: cart } }
    spec:
      containers:
      - name: cart
        ports: [{ name: http, containerPort: 8080 }, { name: admin, containerPort: 9090 }]
        livenessProbe: { httpGet: { path: /live, port: 8080 } }
        readinessProbe: { httpGet: { path: /ready, port: http } }
        startupProbe: { httpGet: { path: /start, port: admin } }
    ---
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: items, namespace: shop }
    spec: { parentRefs: [{ group: policy.linkerd.io, kind: Server, name: cart }], rules: [{ matches: [{ path: { value: /items } }] }] }
    ---
    apiVersion: policy.linkerd.io/v1beta3
    kind: HTTPRoute
    metadata: { name: ready, namespace: shop }
    spec: { parentRefs: [{ group: policy.linkerd.io, kind: Server, name: cart }], rules: [{ matches: [{ path: { value: /ready }, method: GET }] }] }
    ---
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: ready, namespace: shop }
    spec:
      targetRef: { group: policy.linkerd.io, kind: HTTPRoute, name: ready }
      requiredAuthenticationRefs: [{ group: policy.linkerd.io, kind: NetworkAuthentication, name: nodes }]

  `,
  );
});

test('leaves Servers without routes alone', () => {
  check(
    probeRouteUnauthorized,
    `
    kind: Server
    metadata: { name: cart, namespace: shop }
    spec: { podSelector: { matchLabels: { app: cart } }, port: 8080 }
    ---
    kind: Pod
    metadata: { name: cart, namespace: shop, labels: { app: cart } }
    spec: { containers: [{ name: cart, livenessProbe: { httpGet: { path: /live, port: 8080 } } }] }

  `,
  );
});
