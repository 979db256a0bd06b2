import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { subsetWithoutLabels } from './subset-without-labels.js';

test('reports subsets of a Service that have no labels', () => {
  check(
    subsetWithoutLabels,
    `
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec:
      host: cart
      subsets:
      - name: v1
        labels: { version: v1 }
      - name: any
    #         ^^^ warning istio/subset-without-labels "Subset "any" of "cart.shop" has no labels. It is every pod of the Service."
      - name: sticky
    #         ^^^^^^ info istio/subset-without-labels
        labels: {}
        trafficPolicy: { loadBalancer: { simple: RANDOM } }
      - name: templated
        labels: "{{ .Values.labels }}"
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
  `,
  );
});

test('hosts outside the cluster and wildcards may hang a policy on one', () => {
  check(
    subsetWithoutLabels,
    `
    kind: DestinationRule
    metadata: { name: api, namespace: shop }
    spec: { host: api.example.com, subsets: [{ name: tls }] }
    ---
    kind: DestinationRule
    metadata: { name: all, namespace: shop }
    spec: { host: "*.local", subsets: [{ name: tls }] }
    ---
    kind: ServiceEntry
    metadata: { name: api, namespace: shop }
    spec: { hosts: [api.example.com] }
  `,
  );
});
