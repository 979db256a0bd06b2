import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { meshOnlyRouting } from './mesh-only-routing.js';

const asked = { settings: { rules: { 'istio/mesh-only-routing': 'on' } } } as const;

const route = (http: string, mark = '') => `
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
${mark}
    spec: { hosts: [cart], http: [${http}] }
`;

test('tells of routes that have their counterparts, where somebody asks', () => {
  const plain = '{ match: [{ uri: { prefix: /a } }], timeout: 5s, route: [{ destination: { host: cart, port: { number: 80 } } }] }';
  check(meshOnlyRouting, route(plain, '    #                 ^^^^ hint istio/mesh-only-routing'), asked);
  check(meshOnlyRouting, route(plain));
});

test('is silent where a subset, a fault or a regular expression has none', () => {
  check(meshOnlyRouting, route('{ route: [{ destination: { host: cart, subset: v1, port: { number: 80 } } }] }'), asked);
  check(meshOnlyRouting, route('{ fault: {}, route: [{ destination: { host: cart, port: { number: 80 } } }] }'), asked);
  check(
    meshOnlyRouting,
    route('{ match: [{ uri: { regex: ".*" } }], route: [{ destination: { host: cart, port: { number: 80 } } }] }'),
    asked,
  );
});
