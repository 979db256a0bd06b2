import { expect, test } from 'vitest';
import { complete, hoverAt } from '../../../../test/support/editor.js';

const labels = (yaml: string): readonly string[] => complete(yaml).map((it) => it.label);

test('offers labels where Istio reads them, those that people write most first', () => {
  expect(labels('apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    $0').slice(0, 3)).toEqual([
    'istio-injection: enabled',
    'istio-injection: disabled',
    'istio.io/rev: default',
  ]);
  const pod = labels(
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: a }\nspec:\n  template:\n    metadata:\n      labels:\n        $0',
  );
  expect(pod).toContain('sidecar.istio.io/inject: "true"');
  expect(pod).not.toContain('istio-injection: enabled');
  expect(labels('apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\n  labels:\n    $0')).toEqual([]);
});

test('offers the values of a label or an annotation behind its key', () => {
  expect(labels('apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    istio-injection: $0')).toEqual([
    'enabled',
    'disabled',
  ]);
  expect(
    complete('apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n    sidecar.istio.io/inject: $0').map((it) => it.text),
  ).toEqual(['"true"', '"false"']);
  expect(labels('apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  annotations:\n    sidecar.istio.io/interceptionMode: $0')).toEqual([
    'REDIRECT',
    'TPROXY',
    'NONE',
  ]);
});

test('offers waypoints by name', () => {
  const world = `
    kind: Gateway
    apiVersion: gateway.networking.k8s.io/v1
    metadata: { name: way, namespace: shop }
    spec: { gatewayClassName: istio-waypoint, listeners: [{ name: mesh, port: 15008, protocol: HBONE }] }
    ---
    kind: Service
    apiVersion: v1
    metadata:
      name: cart
      namespace: shop
      labels:
        istio.io/use-waypoint: $0`;
  expect(labels(world)).toEqual(['way', 'none']);
});

test('leaves them out in a workspace of another mesh', () => {
  const world = `
    kind: MeshTLSAuthentication
    apiVersion: policy.linkerd.io/v1alpha1
    metadata: { name: all, namespace: shop }
    spec: { identities: ['*'] }
    ---
    kind: Namespace
    apiVersion: v1
    metadata:
      name: shop
      annotations: { linkerd.io/inject: enabled }
      labels:
        $0`;
  expect(labels(world).filter((it) => it.includes('istio'))).toEqual([]);
});

test('tells what a label does, and where it does nothing', () => {
  const text = (yaml: string): string => hoverAt(yaml) ?? '';
  expect(text('kind: Namespace\napiVersion: v1\nmetadata:\n  name: shop\n  labels:\n    istio-injection: en$0abled')).toContain(
    'Whether new pods of the namespace get a sidecar',
  );
  expect(text('kind: Service\napiVersion: v1\nmetadata:\n  name: cart\n  annotations:\n    sidecar.istio.io/proxyCPU: 10$00m')).toContain(
    'Read on Pod only, not here.',
  );
  expect(text('kind: Pod\napiVersion: v1\nmetadata:\n  name: cart\n  annotations:\n    sidecar.istio.io/inject: "fal$0se"')).toContain(
    'In its place: label sidecar.istio.io/inject',
  );
});

test('says nothing of labels as such where it knows this one', () => {
  const told = hoverAt('kind: Namespace\napiVersion: v1\nmetadata:\n  name: shop\n  labels:\n    istio-inj$0ection: enabled');
  expect(told).toContain('get a sidecar from the default revision');
  expect(told).not.toContain('by which selectors find objects');
});
