import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { opaquePortWithL7Policy } from './opaque-port-with-l7-policy.js';

test('knows which ports of a Service are opaque', () => {
  check(
    opaquePortWithL7Policy,
    `
    kind: Service
    metadata: { name: a, namespace: shop }
    spec: { ports: [{ port: 3306 }] }
    #                       ^^^^ warning linkerd/opaque-port-with-l7-policy "Port 3306 is opaque, so HTTPRoute "a" takes no requests of it. They are never looked at. Let the port be HTTP, or take the route or the rate limit away."
    ---
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec: { parentRefs: [{ group: "", kind: Service, name: a }] }
    ---
    kind: Service
    metadata: { name: b, namespace: shop, annotations: { config.linkerd.io/opaque-ports: "80" } }
    spec: { ports: [{ port: 80, appProtocol: http }, { port: 81, appProtocol: linkerd.io/tcp }] }
    #                                                                         ^^^^^^^^^^^^^^ warning linkerd/opaque-port-with-l7-policy "Port 81 is opaque, so GRPCRoute "c" takes no requests of it. They are never looked at. Let the port be HTTP, or take the route or the rate limit away."
    ---
    kind: HTTPRoute
    metadata: { name: b, namespace: shop }
    spec: { parentRefs: [{ group: "", kind: Service, name: b, port: 80 }] }
    ---
    kind: GRPCRoute
    metadata: { name: c, namespace: shop }
    spec: { parentRefs: [{ group: "", kind: Service, name: b, port: 81 }] }
    ---
    kind: Server
    metadata: { name: s, namespace: shop }
    spec: { podSelector: {}, port: 80, proxyProtocol: TLS }
    #                                                 ^^^ warning linkerd/opaque-port-with-l7-policy ""s" is about requests, and of a port with TLS the proxy sees none. They are never looked at. Let the port be HTTP, or take the route or the rate limit away."
    ---
    kind: HTTPLocalRateLimitPolicy
    metadata: { name: s, namespace: shop }
    spec: { targetRef: { group: policy.linkerd.io, kind: Server, name: s } }

  `,
    { settings: { mesh: 'linkerd' } },
  );
});

test('a list that cannot be read as a whole is an empty one', () => {
  check(
    opaquePortWithL7Policy,
    `
    kind: Service
    metadata: { name: a, namespace: shop, annotations: { config.linkerd.io/opaque-ports: "3306,mysql" } }
    spec: { ports: [{ port: 3306 }] }
    ---
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec: { parentRefs: [{ group: "", kind: Service, name: a }] }
  `,
  );
});
