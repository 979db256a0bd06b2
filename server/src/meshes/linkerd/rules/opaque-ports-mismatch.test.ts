import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { opaquePortsMismatch } from './opaque-ports-mismatch.js';

test('compares ports of the Service with those of the pods, by number and name', () => {
  check(
    opaquePortsMismatch,
    `
    kind: Service
    metadata: { name: a, namespace: shop, annotations: { config.linkerd.io/opaque-ports: "5432" } }
    spec: { selector: { app: a }, ports: [{ port: 5432, targetPort: pg }] }
    ---
    kind: Pod
    metadata: { name: a, namespace: shop, labels: { app: a }, annotations: { config.linkerd.io/opaque-ports: pg } }
    spec: { containers: [{ name: a, ports: [{ name: pg, containerPort: 15432 }] }] }
    ---
    kind: Service
    metadata: { name: b, namespace: shop }
    #                 ^ warning linkerd/opaque-ports-mismatch 💡 "Port 80 is opaque for the pods of "shop/b", and not here. Clients and pods take the port for different protocols, and connections fail or hang."
    spec: { selector: { app: b }, ports: [{ port: 80 }] }
    ---
    kind: Pod
    metadata: { name: b, namespace: shop, labels: { app: b }, annotations: { config.linkerd.io/opaque-ports: 70-90 } }
    spec: { containers: [{ name: b }] }
    ---
    kind: Service
    metadata: { name: c, namespace: shop, annotations: { config.linkerd.io/opaque-ports: "80" } }
    #                                                                                    ^^^^ warning linkerd/opaque-ports-mismatch "Port 80 is opaque here, and not for the pods of "shop/c". Clients and pods take the port for different protocols, and connections fail or hang."
    spec: { selector: { app: c }, ports: [{ port: 80 }] }
    ---
    kind: Pod
    metadata: { name: c, namespace: shop, labels: { app: c } }
    spec: { containers: [{ name: c }] }
    ---
    kind: Service
    metadata: { name: d, namespace: data }
    spec: { selector: { app: d }, ports: [{ port: 80 }] }
    ---
    kind: Pod
    metadata: { name: d, namespace: data, labels: { app: d } }
    spec: { containers: [{ name: d }] }
    ---
    kind: Namespace
    metadata: { name: data, annotations: { config.linkerd.io/opaque-ports: "80" } }

  `,
  );
});
