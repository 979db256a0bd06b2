import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { inconsistentMulticlusterService } from './inconsistent-multicluster-service.js';

const clusters = { clusters: { east: ['east/**'], west: ['west/**'] } };

test('reports a Service that is something else in another cluster', () => {
  check(
    inconsistentMulticlusterService,
    `
    # file: east/services.yaml
    kind: Service
    metadata:
      name: cart
    #       ^^^^ warning istio/inconsistent-multicluster-service "Service "shop/cart" has other ports in cluster "west"."
      namespace: shop
    spec: { ports: [{ name: http, port: 80 }] }
    ---
    kind: Service
    metadata:
      name: ads
    #       ^^^ warning istio/inconsistent-multicluster-service "Service "shop/ads" is headless in cluster "west"."
      namespace: shop
    spec: { ports: [{ name: http, port: 80 }] }
    ---
    kind: Service
    metadata: { name: same, namespace: shop }
    spec: { ports: [{ name: http, port: 80 }, { name: grpc, port: 81, targetPort: 81 }] }
    # file: west/services.yaml
    kind: Service
    metadata:
      name: cart
    #       ^^^^ warning istio/inconsistent-multicluster-service
      namespace: shop
    spec: { ports: [{ name: http-web, port: 80 }] }
    ---
    kind: Service
    metadata:
      name: ads
    #       ^^^ warning istio/inconsistent-multicluster-service "Service "shop/ads" has a cluster IP in cluster "east"."
      namespace: shop
    spec: { clusterIP: None, ports: [{ name: http, port: 80 }] }
    ---
    kind: Service
    metadata: { name: same, namespace: shop }
    spec: { ports: [{ name: grpc, port: 81 }, { name: http, port: 80, targetPort: 80 }] }
    `,
    { settings: clusters },
  );
});

test('within one cluster, or where nobody tells the clusters, nothing is compared', () => {
  const yaml = `
    # file: east/one.yaml
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ name: http, port: 80 }] }
    # file: east/two.yaml
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ name: http, port: 8080 }] }
  `;
  check(inconsistentMulticlusterService, yaml, { settings: clusters });
  check(inconsistentMulticlusterService, yaml.replace('east/two', 'west/two'));
});
