import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serverOverlap } from './server-overlap.js';

test('blames the later of two Servers by name, for ports that named ones come to', () => {
  check(
    serverOverlap,
    `
    kind: Server
    metadata: { name: a-name, namespace: shop }
    spec: { podSelector: { matchLabels: { app: cart } }, port: http }
    ---
    kind: Server
    metadata: { name: b-number, namespace: shop }
    #                 ^^^^^^^^ warning linkerd/server-overlap "Server "shop/a-name" covers port 8080 of "cart", too. Of the two, the older one counts. Delete one of them, or let them select different pods or ports."
    spec: { podSelector: {}, port: 8080 }
    ---
    kind: Server
    metadata: { name: c-other-port, namespace: shop }
    spec: { podSelector: {}, port: 9090 }
    ---
    kind: Server
    metadata: { name: d-other-namespace, namespace: payments }
    spec: { podSelector: {}, port: 8080 }
    ---
    kind: Pod
    metadata: { name: cart, namespace: shop, labels: { app: cart } }
    spec: { containers: [{ name: cart, ports: [{ name: http, containerPort: 8080 }] }] }

  `,
  );
});

test('sees Servers for one port of an ExternalWorkload', () => {
  check(
    serverOverlap,
    `
    kind: Server
    metadata: { name: a-name, namespace: shop }
    spec: { externalWorkloadSelector: { matchLabels: { app: vm } }, port: http }
    ---
    kind: Server
    metadata: { name: b-number, namespace: shop }
    #                 ^^^^^^^^ warning linkerd/server-overlap "Server "shop/a-name" covers port 8080 of "vm-1", too. Of the two, the older one counts. Delete one of them, or let them select different pods or ports."
    spec: { externalWorkloadSelector: {}, port: 8080 }
    ---
    kind: Server
    metadata: { name: c-pods, namespace: shop }
    spec: { podSelector: {}, port: 8080 }
    ---
    apiVersion: workload.linkerd.io/v1beta1
    kind: ExternalWorkload
    metadata: { name: vm-1, namespace: shop, labels: { app: vm } }
    spec: { meshTLS: { identity: 'spiffe://mesh.test/vm', serverName: vm.shop }, ports: [{ name: http, port: 8080 }] }

  `,
  );
});
