import { expect, test } from 'vitest';
import { renameTo } from '../../../test/support/editor.js';

const SHOP = (cursor: { readonly service?: string; readonly subset?: string; readonly route?: string }): string => `
    kind: Service
    metadata: { name: ${cursor.service ?? 'reviews'}, namespace: shop }
    ---
    kind: DestinationRule
    metadata: { name: reviews, namespace: shop }
    spec:
      host: reviews.shop.svc.cluster.local
      subsets: [{ name: ${cursor.subset ?? 'v1'}, labels: { version: v1 } }]
    ---
    kind: VirtualService
    metadata: { name: reviews, namespace: shop }
    spec:
      http:
      - route:
        - destination: { host: "${cursor.route ?? 'reviews'}", subset: v1 }
`;

test('a service is renamed by its short name and by its full one, other things of that name are not', () => {
  const expected = SHOP({ service: 'ratings', route: 'ratings' })
    .replace('host: reviews.', 'host: ratings.')
    .replace(/^\n/, '')
    .replaceAll(/^ {4}/gm, '');
  expect(renameTo(SHOP({ service: 're$0views' }), 'ratings')).toBe(expected);
  expect(renameTo(SHOP({ route: 're$0views' }), 'ratings')).toBe(expected);
});

test('a subset is renamed where it is defined and where it is routed to, its labels are not', () => {
  const renamed = renameTo(SHOP({ subset: 'v$01' }), 'stable');
  expect(renamed).toContain('{ name: stable, labels: { version: v1 } }');
  expect(renamed).toContain('subset: stable');
});

test('of a gateway and of an account only the name within the reference changes', () => {
  const gateway = renameTo(
    `
    kind: VirtualService
    metadata: { name: a, namespace: shop }
    spec: { gateways: [ingress/pub$0lic] }
    ---
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: ingress }
`,
    'edge',
  );
  expect(gateway).toContain('gateways: [ingress/edge]');
  expect(gateway).toContain('{ name: edge, namespace: ingress }');
  const account = renameTo(
    `
    kind: ServiceAccount
    metadata: { name: cart, namespace: shop }
    ---
    kind: AuthorizationPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      rules:
      - from: [{ source: { principals: ["cluster.local/ns/shop/sa/ca$0rt"] } }]
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { spec: { serviceAccountName: cart } } }
`,
    'basket',
  );
  expect(account).toContain('"cluster.local/ns/shop/sa/basket"');
  expect(account).toContain('serviceAccountName: basket');
  expect(account.match(/name: cart/g)).toHaveLength(2);
});

test('a service is renamed in what attaches to it, grants it or switches it', () => {
  const renamed = renameTo(
    `
    kind: Service
    metadata: { name: re$0views, namespace: shop }
    ---
    kind: AuthorizationPolicy
    metadata: { name: a, namespace: shop }
    spec:
      targetRefs: [{ kind: Service, group: "", name: reviews }]
      rules: [{ to: [{ operation: { hosts: [reviews.shop.svc.cluster.local] } }] }]
    ---
    apiVersion: gateway.networking.k8s.io/v1beta1
    kind: ReferenceGrant
    metadata: { name: g, namespace: shop }
    spec: { from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: web }], to: [{ group: "", kind: Service, name: reviews }] }
    ---
    apiVersion: argoproj.io/v1alpha1
    kind: Rollout
    metadata: { name: c, namespace: shop }
    spec: { strategy: { canary: { stableService: reviews } }, template: { spec: { containers: [] } } }
    ---
    apiVersion: apps/v1
    kind: StatefulSet
    metadata: { name: c, namespace: shop }
    spec: { serviceName: reviews, template: { spec: { containers: [] } } }
`,
    'ratings',
  );
  expect(renamed).not.toContain('reviews');
  expect(renamed.match(/ratings/g)).toHaveLength(6);
});

test('what conflicts, is no name, or is unknown is refused with the reason', () => {
  const twoServices = `${SHOP({ service: 're$0views' })}    ---\n    kind: Service\n    metadata: { name: ratings, namespace: shop }\n`;
  expect(renameTo(twoServices, 'ratings')).toBe('"ratings" exists already (main.yaml).');
  expect(renameTo(SHOP({ service: 're$0views' }), 'Ratings!')).toContain('"Ratings!" is no name in Kubernetes');
  expect(renameTo(SHOP({ route: 'other$0' }), 'ratings')).toBe('Nothing in this workspace defines "other".');
  expect(renameTo(SHOP({}).replace('version: v1', 'ver$0sion: v1'), 'x')).not.toContain('x');
});

test('what fields name that nobody follows is not renamed by half', () => {
  expect(renameTo('kind: Namespace\nmetadata: { name: sh$0op }\n', 'store')).toBe(
    'Every resource of a namespace names it; move them one by one.',
  );
});

test('a name that a template fills in is refused', () => {
  const text = `
    kind: VirtualService
    metadata: { name: a, namespace: shop }
    spec:
      gateways: ["{{ .Values.names$0pace }}/public"]
`;
  expect(renameTo(text, 'x')).toMatch(/nothing to rename|template/);
});

test('a base is renamed with what every scope refers to it by', () => {
  const renamed = renameTo(
    `
    # file: base/kustomization.yaml
    resources: [service.yaml]
    # file: base/service.yaml
    kind: Service
    metadata: { name: cart }
    # file: dev/kustomization.yaml
    resources: [../base, route.yaml]
    namespace: dev
    # file: dev/route.yaml
    kind: VirtualService
    metadata: { name: dev }
    spec: { http: [{ route: [{ destination: { host: ca$0rt } }] }] }
    # file: prod/kustomization.yaml
    resources: [../base, route.yaml]
    namespace: prod
    # file: prod/route.yaml
    kind: VirtualService
    metadata: { name: prod }
    spec: { http: [{ route: [{ destination: { host: cart } }] }] }
`,
    'basket',
  );
  expect(renamed.match(/host: basket/g)).toHaveLength(2);
  expect(renamed).toContain('metadata: { name: basket }');
});
