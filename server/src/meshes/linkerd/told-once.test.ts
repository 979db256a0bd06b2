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
