import { expect, test } from 'vitest';
import { analyzeWithSchemas } from '../../../../test/support/analyze.js';

const text = `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec:
  parentRefs: [{ group: "", kind: Service, name: crat, port: 80 }]
  rules: [{ backendRefs: [{ name: cart }, { name: cart-canary, port: 80 }, { name: cart, port: 8080 }], matches: [{ path: { value: api } }] }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
`;

const rulesWith = (mesh: string) =>
  analyzeWithSchemas([{ uri: 'file:///route.yaml', text }], { world: 'closed', mesh })
    .diagnostics.map((it) => it.rule)
    .sort();

test('what the Gateway API says of a route, too, is told once, by whoever carries the route out', () => {
  expect(rulesWith('linkerd')).toEqual([
    'linkerd/route-backend-not-found',
    'linkerd/route-backend-port-not-found',
    'linkerd/route-backend-port-required',
    'linkerd/route-parent-not-found',
    'linkerd/route-path-not-absolute',
  ]);
  expect(rulesWith('istio').filter((it) => it.startsWith('linkerd/'))).toEqual([]);
});

test('a route of a profile that is empty is told once', () => {
  const profile = `
apiVersion: linkerd.io/v1alpha2
kind: ServiceProfile
metadata: { name: cart.shop.svc.cluster.local, namespace: shop }
spec: { routes: [null] }
`;
  const found = analyzeWithSchemas([{ uri: 'file:///profile.yaml', text: profile }], { world: 'open', mesh: 'linkerd' }).diagnostics;
  expect(found.filter((it) => [it.rule, ...it.peers].includes('linkerd/serviceprofile-invalid'))).toHaveLength(1);
});
