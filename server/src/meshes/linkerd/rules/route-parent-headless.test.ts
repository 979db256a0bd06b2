import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { routeParentHeadless } from './route-parent-headless.js';

test('wants Services with an address', () => {
  check(
    routeParentHeadless,
    `
    kind: GRPCRoute
    metadata: { name: a, namespace: shop }
    spec: { parentRefs: [{ group: core, kind: Service, name: headless }, { group: "", kind: Service, name: external }, { group: "", kind: Service, name: plain }] }
    #                                                        ^^^^^^^^ warning linkerd/route-parent-headless "Service "shop/headless" is headless and cannot be a parent. The route is not accepted and takes nothing. Attach the route to a Service with a cluster IP."
    #                                                                                                      ^^^^^^^^ warning linkerd/route-parent-headless "Service "shop/external" is of type ExternalName and cannot be a parent. The route is not accepted and takes nothing. Attach the route to a Service with a cluster IP."
    ---
    kind: Service
    metadata: { name: headless, namespace: shop }
    spec: { clusterIP: None, ports: [{ port: 80 }] }
    ---
    kind: Service
    metadata: { name: external, namespace: shop }
    spec: { type: ExternalName, externalName: example.org }
    ---
    kind: Service
    metadata: { name: plain, namespace: shop }
    spec: { ports: [{ port: 80 }] }

  `,
    { settings: { mesh: 'linkerd' } },
  );
});
