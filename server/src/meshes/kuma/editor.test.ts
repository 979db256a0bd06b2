import { describe, expect, test } from 'vitest';
import { accept, edit, hoverAt, labels, linksOf, renameTo } from '../../../../test/support/editor.js';
import { codeLenses, inlayHints, resourcesCalled, stateOf } from '../../features/effective.js';

const WORLD = `
    # file: world.yaml
    apiVersion: kuma.io/v1alpha1
    kind: Mesh
    metadata: { name: prod }
    spec: { mtls: { enabledBackend: ca-1, backends: [{ name: ca-1, type: builtin }] } }
    ---
    kind: Namespace
    metadata: { name: shop, labels: { kuma.io/mesh: prod, kuma.io/sidecar-injection: enabled } }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { selector: { app: cart }, ports: [{ name: http, port: 80, appProtocol: http }, { name: admin, port: 9090 }] }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { replicas: 2, template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: cart }] } } }
    ---
    kind: MeshTrafficPermission
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: prod } }
    spec:
      targetRef: { kind: Dataplane, labels: { app: cart } }
      rules: [{ default: { allow: [{ spiffeID: { type: Exact, value: spiffe://prod/web } }] } }]
    ---
    kind: MeshTimeout
    metadata: { name: all, namespace: kuma-system, labels: { kuma.io/mesh: prod } }
    spec: { to: [{ targetRef: { kind: Mesh }, default: { idleTimeout: 1m } }] }
    ---
    kind: MeshTimeout
    metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: prod } }
    spec:
      targetRef: { kind: Dataplane, labels: { app: cart } }
      to: [{ targetRef: { kind: Mesh }, default: { idleTimeout: 5m } }]
    ---
    kind: MeshTimeout
    metadata: { name: other, namespace: bank, labels: { kuma.io/mesh: prod } }
    spec: { to: [{ targetRef: { kind: Mesh }, default: { idleTimeout: 5m } }] }
    ---
    kind: MeshHTTPRoute
    metadata: { name: canary, namespace: shop, labels: { kuma.io/mesh: prod } }
    spec:
      to:
      - targetRef: { kind: MeshService, name: cart }
        rules:
        - matches: [{ path: { type: PathPrefix, value: / } }]
          default: { backendRefs: [{ kind: MeshService, name: cart, port: 80, weight: 3 }, { kind: MeshService, name: cart, port: 80 }] }
`;

/** Indented as the world is. */
const beside = (yaml: string) =>
  `\n${yaml
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')}\n${WORLD}`;

const policy = (spec: string, kind = 'MeshTimeout', namespace = 'shop') => `
    kind: ${kind}
    metadata: { name: new, namespace: ${namespace}, labels: { kuma.io/mesh: prod } }
    spec:
      ${spec}
${WORLD}`;

describe('completion', () => {
  test('targets, their sections and ports come from services', () => {
    expect(labels(policy('to: [{ targetRef: { kind: MeshService, name: $0 } }]'))).toEqual(['cart']);
    expect(labels(policy('to: [{ targetRef: { kind: MeshService, name: cart, sectionName: $0 } }]'))).toEqual(['http', 'admin']);
    expect(
      labels(
        policy(
          'to: [{ targetRef: { kind: MeshService, name: cart }, rules: [{ default: { backendRefs: [{ kind: MeshService, name: cart, port: $0 }] } }] }]',
          'MeshTCPRoute',
        ),
      ),
    ).toEqual(['80', '9090']);
  });

  test('kinds that fit are offered, by kind of policy and namespace', () => {
    expect([...labels(policy('targetRef: { kind: $0 }', 'MeshPassthrough'))].sort()).toEqual(['Dataplane', 'Mesh', 'MeshSubset']);
    expect(labels(policy('targetRef: { kind: $0 }', 'MeshRetry'))).not.toContain('MeshGateway');
    expect(labels(policy('targetRef: { kind: $0 }', 'MeshRetry', 'kuma-system'))).toContain('MeshGateway');
    expect(labels(policy('to: [{ targetRef: { kind: $0 } }]', 'MeshRateLimit'))).toEqual(['Mesh']);
  });

  test('labels of pods, and meshes', () => {
    expect(labels(policy('targetRef: { kind: Dataplane, labels: { $0 } }'))).toContain('app: cart');
    expect(labels(beside('kind: MeshTimeout\nmetadata: { name: a, namespace: shop, labels: { kuma.io/mesh: $0 } }'))).toEqual([
      'prod',
      'default',
    ]);
  });

  test('annotations of pods come with what they take', () => {
    const yaml = `
    kind: Pod
    metadata:
      name: a
      namespace: shop
      annotations:
        $0
${WORLD}`;
    expect(labels(yaml)).toContain('kuma.io/sidecar-drain-time: 30s');
    expect(labels(yaml)).not.toContain('kuma.io/sidecar-injection: enabled');
    expect(accept(yaml, 'kuma.io/gateway: enabled')).toContain('kuma.io/gateway: enabled');
  });
});

describe('hover', () => {
  test('a policy tells whom it is for', () => {
    expect(hoverAt(policy('targetRef: { kind: Data$0plane, labels: { app: cart } }'))).toContain('For cart (2 pods)');
  });

  test('a mesh tells its mTLS', () => {
    expect(hoverAt(beside('kind: MeshTimeout\nmetadata: { name: a, namespace: shop, labels: { kuma.io/mesh: pr$0od } }'))).toContain(
      'mTLS strict',
    );
  });

  test('keys of Kuma are told', () => {
    expect(hoverAt('kind: Pod\nmetadata: { name: a, annotations: { kuma.io/gate$0way: enabled } }')).toContain('goes past the sidecar');
    expect(hoverAt('kind: Pod\nmetadata: { name: a, annotations: { kuma.io/builtindns: ena$0bled } }')).toContain(
      'use kuma.io/builtin-dns',
    );
  });
});

describe('effective state', () => {
  const world = edit(beside('kind: ConfigMap\nmetadata: { name: $0a }'));
  const told = (name: string) => {
    const { snapshot } = world;
    return (stateOf(snapshot, resourcesCalled(snapshot, name)[0]!)?.lines ?? []).map(({ topic, text }) => `${topic}: ${text}`);
  };

  test('of a workload: mTLS, callers, and policies in the order of their merge', () => {
    const lines = told('deploy/cart.shop');
    // Istio has nothing to say of pods that another mesh gives a sidecar.
    expect(lines.map((it) => it.slice(0, it.indexOf(':')))).toEqual(['sidecar', 'mesh', 'mTLS', 'callers', 'MeshTimeout', 'MeshHTTPRoute']);
    expect(lines).toContain('sidecar: injected: Namespace "shop" has the label kuma.io/sidecar-injection');
    expect(lines).toContain('mesh: prod');
    expect(lines).toContain('mTLS: strict: plaintext is refused');
    expect(lines).toContain('callers: allowed: spiffe://prod/web; all else is refused');
    expect(lines).toContain('MeshTimeout: "kuma-system/all" (whole mesh), then "shop/cart" (Dataplane app=cart)');
  });

  test('links each step to the line that decides it', () => {
    expect(linksOf(world, 'deploy/cart.shop').slice(0, 4)).toEqual([
      'sidecar: enabled',
      'mesh: prod | prod',
      'mTLS: ca-1',
      'callers: cart',
    ]);
    expect(linksOf(world, 'MeshTimeout/cart.shop')).toEqual(['mesh: prod | prod', 'role: shop', 'proxies: cart']);
    expect(linksOf(world, 'Mesh/prod').at(-1)).toBe('policies: cart | other | all | cart | canary');
    const own = edit(
      beside(`kind: Deployment
metadata: { name: o$0wn, namespace: shop }
spec: { template: { metadata: { labels: { kuma.io/sidecar-injection: enabled, kuma.io/mesh: lab } }, spec: { containers: [{ name: a }] } } }
---
apiVersion: kuma.io/v1alpha1
kind: Mesh
metadata: { name: lab }
spec: { mtls: { enabledBackend: ca, backends: [{ name: ca, type: builtin }] } }`),
    );
    expect(linksOf(own, 'deploy/own.shop')).toEqual([
      'sidecar: enabled',
      'mesh: lab | lab',
      'mTLS: ca',
      // No permission is for it: that the mesh asks for mTLS keeps everybody out.
      'callers: ca',
    ]);
  });

  test('of policies and of the mesh', () => {
    expect(told('MeshTimeout/cart.shop')).toEqual([
      'mesh: prod',
      'role: consumer: for what the workloads of its namespace send',
      'proxies: cart',
    ]);
    expect(told('MeshTimeout/other.bank')).toContain('proxies: no workload at hand');
    expect(told('Mesh/prod')).toEqual([
      'mTLS: strict, by a backend of the Mesh',
      'permissions: shop/cart',
      'telemetry: none at hand',
      'policies: 1 MeshTrafficPermission, 3 MeshTimeouts, 1 MeshHTTPRoute',
    ]);
    expect(told('svc/cart.shop')).toContain('routes: MeshHTTPRoute "shop/canary"');
  });

  test('lenses and hints', () => {
    const { snapshot } = world;
    const uri = 'file:///workspace/world.yaml';
    const texts = codeLenses(snapshot, uri, ['references', 'workloads', 'callers']).flatMap((it) => it.text.split(' · '));
    expect(texts).toEqual(expect.arrayContaining(['mTLS strict', '1 permission', 'sidecar', '1 caller', 'for 1 workload', '1 Kuma route']));
    const hinted = inlayHints(snapshot, uri, { start: 0, end: snapshot.file(uri)!.text.length }, ['weight']);
    expect(hinted.map((it) => it.text)).toEqual(['75 %']);
  });
});

test('a service is renamed in the policies that name it', () => {
  const text = renameTo(
    `
    kind: Service
    metadata: { name: ca$0rt, namespace: shop }
    ---
    kind: MeshTimeout
    metadata: { name: a, namespace: shop }
    spec: { to: [{ targetRef: { kind: MeshService, name: cart } }] }
  `,
    'basket',
  );
  expect(text).toContain('targetRef: { kind: MeshService, name: basket }');
});

test('routes of the Gateway API lead to services of Kuma', () => {
  const text = renameTo(
    `
    apiVersion: kuma.io/v1alpha1
    kind: MeshService
    metadata: { name: ca$0rt, namespace: shop }
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec: { rules: [{ backendRefs: [{ group: kuma.io, kind: MeshService, name: cart, port: 80 }] }] }
  `,
    'basket',
  );
  expect(text).toContain('kind: MeshService, name: basket');
});

test('zones are completed, led to and renamed', () => {
  const world = (zone: string) => `
    kind: Zone
    metadata: { name: zone-1 }
    ---
    kind: MeshLoadBalancingStrategy
    metadata: { name: near, namespace: kuma-system }
    spec:
      to:
      - targetRef: { kind: MeshService, name: cart }
        default: { localityAwareness: { crossZone: { failover: [{ to: { type: Only, zones: [${zone}] } }] } } }
    `;
  expect(labels(world('$0'))).toContain('zone-1');
  const text = renameTo(world('zo$0ne-1'), 'zone-2');
  expect(text).toContain('zones: [zone-2]');
  expect(text).toContain('name: zone-2');
});
