import { expect, test } from 'vitest';
import { analyzeWithSchemas } from '../../../../test/support/analyze.js';

/** Peers of what is said of a route to nowhere, whose parent is a Gateway of a class or a Service. */
function peersOf(parent: string, more: string, settings: Record<string, string> = {}): readonly string[] {
  const text = `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: cart, namespace: shop }
spec: { parentRefs: [${parent}], rules: [{ backendRefs: [{ name: crat, port: 80 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
---
${more}`;
  const { diagnostics } = analyzeWithSchemas([{ uri: 'file:///a.yaml', text }], { world: 'closed', ...settings });
  return diagnostics.filter((it) => it.rule === 'gateway-api/unknown-backend').flatMap((it) => [it.rule, ...it.peers]);
}

const gateway = (className: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: public, namespace: shop }
spec: { gatewayClassName: ${className}, listeners: [{ name: http, port: 80, protocol: HTTP }] }
`;
const gatewayClass = (controller: string) => `---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: own }
spec: { controllerName: ${controller} }
`;

test('codes of Kiali are for routes that Istio carries out', () => {
  expect(peersOf('{ name: public }', gateway('istio'))).toEqual(['gateway-api/unknown-backend', 'KIA1402']);
  expect(peersOf('{ name: public }', gateway('unheard-of'))).toEqual(['gateway-api/unknown-backend', 'KIA1402']);
  expect(peersOf('{ name: public }', gateway('cilium'))).toEqual(['gateway-api/unknown-backend']);
  expect(peersOf('{ name: public }', gateway('own') + gatewayClass('io.cilium/gateway-controller'))).toEqual([
    'gateway-api/unknown-backend',
  ]);
  expect(peersOf('{ name: public }', gateway('own') + gatewayClass('istio.io/gateway-controller'))).toContain('KIA1402');
  expect(peersOf('{ name: public }', gateway('consul'))).toEqual(['gateway-api/unknown-backend', 'consul/gateway-route-without-service']);
});

test('a Service as parent is of the mesh that is set, or that the workspace shows', () => {
  const parent = '{ group: "", kind: Service, name: cart }';
  expect(peersOf(parent, '')).toContain('KIA1402');
  expect(peersOf(parent, '', { mesh: 'istio' })).toContain('KIA1402');
  expect(peersOf(parent, '', { mesh: 'cilium' })).toEqual(['gateway-api/unknown-backend']);
});
