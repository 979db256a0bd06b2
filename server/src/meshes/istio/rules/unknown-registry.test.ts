import { test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import { unknownRegistry } from './unknown-registry.js';

const secret = `
    apiVersion: v1
    kind: Secret
    metadata: { name: istio-remote-secret-west, namespace: istio-system, labels: { istio/multiCluster: "true" } }
    data: { west: e30= }
    stringData: { north: "{}" }`;

test('reports registries that neither istiod nor a remote Secret names', () => {
  check(
    unknownRegistry,
    `
    apiVersion: install.istio.io/v1alpha1
    kind: IstioOperator
    metadata: { name: mesh, namespace: istio-system }
    spec:
      values:
        global:
          meshNetworks:
            east: { endpoints: [{ fromRegistry: Kubernetes }, { fromRegistry: west }, { fromCidr: 10.0.0.0/8 }] }
            north:
              endpoints:
              - fromRegistry: north
    #                         ^^^^^ error istio/unknown-registry "No registry of istiod is called "north". Its endpoints are not taken for ones of network "north"."
              - fromRegistry: {{ .Values.cluster }}
    ---
    ${secret.trimStart()}
    `,
    { world: 'closed' },
  );
});

test('says nothing of unknown names in the open world where no remote Secret is at hand', () => {
  check(
    unknownRegistry,
    `
    apiVersion: v1
    kind: ConfigMap
    metadata: { name: istio, namespace: istio-system }
    data:
      meshNetworks: |
        networks: { north: { endpoints: [{ fromRegistry: north-1 }] } }
    `,
    { world: 'open' },
  );
});

test('reads a file without a header that a setting names', () => {
  check(
    unknownRegistry,
    `
    # file: networks.yaml
    networks:
      east:
        endpoints:
        - fromRegistry: kubernetes
    #                   ^^^^^^^^^^ warning istio/unknown-registry 💡 "No registry of istiod is called "kubernetes" ("Kubernetes" exists)."
    `,
    { world: 'open', settings: { istio: { meshNetworksUri: 'file:///workspace/networks.yaml' } } },
  );
});

test('offers the name that differs by case', () => {
  checkFix(
    unknownRegistry,
    `
    apiVersion: install.istio.io/v1alpha1
    kind: IstioOperator
    metadata: { name: mesh, namespace: istio-system }
    spec: { values: { global: { meshNetworks: { east: { endpoints: [{ fromRegistry: kubern$0etes }] } } } } }
    `,
    'Change to "Kubernetes"',
    `
    apiVersion: install.istio.io/v1alpha1
    kind: IstioOperator
    metadata: { name: mesh, namespace: istio-system }
    spec: { values: { global: { meshNetworks: { east: { endpoints: [{ fromRegistry: Kubernetes }] } } } } }
    `,
  );
});
