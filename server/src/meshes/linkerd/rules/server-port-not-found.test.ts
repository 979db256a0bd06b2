import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { serverPortNotFound } from './server-port-not-found.js';

test('looks for the name among TCP ports of all containers of the pods', () => {
  check(
    serverPortNotFound,
    `
    kind: Server
    metadata: { name: dns, namespace: shop }
    spec: { podSelector: { matchLabels: { app: cart } }, port: dns }
    #                                                          ^^^ warning linkerd/server-port-not-found 💡 "No TCP port of "shop/cart" is named "dns" ("http" and "setup" exist). It covers no port."
    ---
    kind: Server
    metadata: { name: case, namespace: shop }
    spec: { podSelector: { matchLabels: { app: cart } }, port: HTTP }
    #                                                          ^^^^ warning linkerd/server-port-not-found 💡 "No TCP port of "shop/cart" is named "HTTP" ("http" and "setup" exist). It covers no port."
    ---
    kind: Server
    metadata: { name: init, namespace: shop }
    spec: { podSelector: { matchLabels: { app: cart } }, port: setup }
    ---
    kind: Server
    metadata: { name: number, namespace: shop }
    spec: { podSelector: { matchLabels: { app: cart } }, port: 9999 }
    ---
    kind: Server
    metadata: { name: elsewhere, namespace: shop }
    spec: { podSelector: { matchLabels: { app: none } }, port: grpc }
    ---
    kind: Server
    metadata: { name: vm, namespace: shop }
    spec: { externalWorkloadSelector: { matchLabels: { app: vm } }, port: admin }
    #                                                                     ^^^^^ warning linkerd/server-port-not-found 💡 "No TCP port of "shop/vm" is named "admin" ("http" exists). It covers no port."
    ---
    kind: ExternalWorkload
    metadata: { name: vm, namespace: shop, labels: { app: vm } }
    spec: { ports: [{ name: http, port: 80 }] }
    ---
    kind: Pod
    metadata: { name: cart, namespace: shop, labels: { app: cart } }
    spec:
      initContainers: [{ name: setup, ports: [{ name: setup, containerPort: 1 }] }]
      containers: [{ name: cart, ports: [{ name: http, containerPort: 8080 }, { name: dns, containerPort: 53, protocol: UDP }] }]

  `,
  );
});
