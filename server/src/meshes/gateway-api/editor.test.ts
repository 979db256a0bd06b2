import { expect, test } from 'vitest';
import { hoverAt, labels } from '../../../../test/support/editor.js';

const WORLD = `
    # file: world.yaml
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: public, namespace: ingress }
    spec:
      gatewayClassName: istio
      listeners:
      - { name: http, port: 80, protocol: HTTP }
      - { name: shop, port: 443, protocol: HTTPS, hostname: "*.example.com", allowedRoutes: { namespaces: { from: All } } }
      - { name: raw, port: 9000, protocol: TCP }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ name: http, port: 8080 }, { name: admin, port: 9090 }] }
    ---
    kind: GatewayClass
    metadata: { name: internal }
    ---
    kind: Secret
    metadata: { name: shop-tls, namespace: ingress }
    type: kubernetes.io/tls
`;
const route = (spec: string) => `
    kind: HTTPRoute
    metadata: { name: cart, namespace: shop }
    spec:
      ${spec}
${WORLD}`;

test('parents, their listeners and ports are offered', () => {
  expect(labels(route('parentRefs: [{ namespace: ingress, name: $0 }]'))).toEqual(['public']);
  expect(labels(route('parentRefs: [{ kind: Service, group: "", name: $0 }]'))).toEqual(['cart']);
  expect(labels(route('parentRefs: [{ namespace: ingress, name: public, sectionName: $0 }]'))).toEqual(['http', 'shop', 'raw']);
  expect(labels(route('parentRefs: [{ namespace: ingress, name: public, port: $0 }]'))).toEqual(['80', '443', '9000']);
});

test('backends and their ports are offered', () => {
  expect(labels(route('rules: [{ backendRefs: [{ name: $0 }] }]'))).toEqual(['cart']);
  expect(labels(route('rules: [{ backendRefs: [{ name: cart, port: $0 }] }]'))).toEqual(['8080', '9090']);
});

test('classes and certificates are offered', () => {
  const gateway = (spec: string) => `
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: { name: other, namespace: ingress }
    spec:
      ${spec}
${WORLD}`;
  expect(labels(gateway('gatewayClassName: $0'))[0]).toBe('internal');
  expect(labels(gateway('listeners: [{ name: a, tls: { certificateRefs: [{ name: $0 }] } }]'))).toEqual(['shop-tls']);
});

test('a parent tells its listeners, and which of them take the route', () => {
  const text = hoverAt(route('parentRefs: [{ namespace: ingress, name: pub$0lic }]'))!;
  expect(text).toContain('**Gateway public**');
  expect(text).toContain('shop: HTTPS 443 · \\*.example.com · admits routes of all namespaces');
  expect(text).toContain('Taken by listener shop');
});

test('a parent Service tells whose calls the route is for', () => {
  const mesh = (namespace: string) =>
    hoverAt(
      route(`parentRefs: [{ kind: Service, group: "", name: ca$0rt, namespace: shop }]`).replace(
        'namespace: shop',
        `namespace: ${namespace}`,
      ),
    );
  expect(mesh('shop')).toContain('clients of every namespace');
  expect(mesh('web')).toContain('for clients in web only');
});
