import { expect, test } from 'vitest';
import { check, checkFix } from '../../../../../test/support/check.js';
import type { Resource } from '../../../model/resource.js';
import { cilium } from '../module.js';
import { selectorInvalid } from './selector-invalid.js';

test('reports values that are missing or too many, and operators that do not exist', () => {
  check(
    selectorInvalid,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector:
        matchExpressions:
        - { key: app, operator: In }
    #                           ^^ error cilium/selector-invalid ""In" needs values to compare with, and there are none."
        - { key: app, operator: NotIn, values: [a] }
      ingress:
      - fromEndpoints:
        - matchExpressions:
          - { key: tier, operator: Exists, values: [a] }
    #                                      ^^^^^^ error cilium/selector-invalid 💡
          - { key: tier, operator: exists }
    #                              ^^^^^^ error cilium/selector-invalid 💡
          - { key: tier, operator: DoesNotExist, values: [] }
  `,
  );
});

test('offers the operator in the right case', () => {
  checkFix(
    selectorInvalid,
    `
    kind: CiliumEgressGatewayPolicy
    metadata: { name: out }
    spec: { selectors: [{ podSelector: { matchExpressions: [{ key: tier, operator: exists }] } }] }
  `,
    'Change to Exists',
    `
    kind: CiliumEgressGatewayPolicy
    metadata: { name: out }
    spec: { selectors: [{ podSelector: { matchExpressions: [{ key: tier, operator: Exists }] } }] }
  `,
  );
});

test('what the schema says of labels bears its id', () => {
  const peers = (code: string, path: string) => cilium.schemaPeers!({ code, path, message: '', at: { start: 0, end: 0 } }, {} as Resource);
  expect(peers('pattern', 'spec.endpointSelector.matchLabels.app')).toEqual(['cilium/selector-invalid']);
  expect(peers('pattern', 'spec.description')).toEqual([]);
});

test('reports keys that are none, whatever stands before them', () => {
  check(
    selectorInvalid,
    `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector:
        matchLabels: { "k8s:my app": web, "any:app.kubernetes.io/name": web, app: web }
    #                  ^^^^^^^^^^^^ error cilium/selector-invalid ""k8s:my app" is no key of a label."
      ingress:
      - fromEndpoints:
        - matchLabels: { "reserved:host": "", "cidr:10.0.0.0/8": "", k8s:io.kubernetes.pod.namespace: other }
        - matchExpressions:
          - { key: "App/", operator: Exists }
    #              ^^^^^^ error cilium/selector-invalid
          - { key: "a/b/c", operator: Exists }
    #              ^^^^^^^ error cilium/selector-invalid
  `,
  );
});
