import { describe, expect, test } from 'vitest';
import { accept, edit, hoverAt, labels, linksOf, renameTo } from '../../../../test/support/editor.js';
import { codeLenses, resourcesCalled, stateOf } from '../../features/effective.js';

const WORLD = `
    # file: world.yaml
    kind: Namespace
    metadata: { name: shop, annotations: { linkerd.io/inject: enabled } }
    ---
    kind: ServiceAccount
    metadata: { name: web, namespace: shop }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop, annotations: { timeout.linkerd.io/request: 5s } }
    spec: { selector: { app: cart }, ports: [{ name: http, port: 80, targetPort: 8080 }, { name: db, port: 3306 }] }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec:
      template:
        metadata: { labels: { app: cart } }
        spec: { serviceAccountName: cart, containers: [{ name: cart, ports: [{ name: http, containerPort: 8080 }] }] }
    ---
    kind: Server
    metadata: { name: cart-http, namespace: shop }
    spec: { podSelector: { matchLabels: { app: cart } }, port: http, proxyProtocol: HTTP/1 }
    ---
    apiVersion: policy.linkerd.io/v1alpha1
    kind: AuthorizationPolicy
    metadata: { name: cart-web, namespace: shop }
    spec:
      targetRef: { group: policy.linkerd.io, kind: Server, name: cart-http }
      requiredAuthenticationRefs: [{ group: policy.linkerd.io, kind: MeshTLSAuthentication, name: web }]
    ---
    kind: MeshTLSAuthentication
    metadata: { name: web, namespace: shop }
    spec: { identities: [web.shop.serviceaccount.identity.linkerd.cluster.local] }
    ---
    kind: HTTPRoute
    metadata: { name: cart, namespace: shop }
    spec: { parentRefs: [{ group: "", kind: Service, name: cart, port: 80 }], rules: [{ backendRefs: [{ name: cart, port: 80 }] }] }
`;

/** Indented as the world is. */
const beside = (yaml: string) =>
  `\n${yaml
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n')}\n${WORLD}`;

const policy = (spec: string) =>
  beside(`apiVersion: policy.linkerd.io/v1alpha1\nkind: AuthorizationPolicy\nmetadata: { name: new, namespace: shop }\nspec: { ${spec} }`);

describe('completion', () => {
  test('of what policies name', () => {
    expect(labels(policy('targetRef: { group: policy.linkerd.io, kind: Server, name: $0 }'))).toEqual(['cart-http']);
    expect(labels(policy('requiredAuthenticationRefs: [{ kind: ServiceAccount, name: $0 }]'))).toContain('web');
    expect(labels(policy('requiredAuthenticationRefs: [{ group: policy.linkerd.io, kind: MeshTLSAuthentication, name: $0 }]'))).toEqual([
      'web',
    ]);
  });

  test('of ports of pods, and of identities', () => {
    expect(labels(beside('kind: Server\nmetadata: { name: new, namespace: shop }\nspec: { podSelector: {}, port: $0 }'))).toEqual([
      'http',
      'linkerd-proxy',
      'linkerd-admin',
    ]);
    expect(labels(beside('kind: MeshTLSAuthentication\nmetadata: { name: new, namespace: shop }\nspec: { identities: [$0] }'))).toEqual([
      'web.shop.serviceaccount.identity.linkerd.cluster.local',
      '*.shop.serviceaccount.identity.linkerd.cluster.local',
      '*',
    ]);
  });

  test('of annotations where they are read', () => {
    const yaml = `
    kind: Namespace
    metadata:
      name: payments
      annotations:
        $0
${WORLD}`;
    expect(labels(yaml)).toContain('linkerd.io/inject: enabled');
    expect(labels(yaml)).not.toContain('config.linkerd.io/debug-image: 1');
    expect(accept(yaml, 'config.linkerd.io/default-inbound-policy: audit')).toContain('config.linkerd.io/default-inbound-policy: audit');
  });
});

describe('hover', () => {
  test('a Server tells its pods and who may call', () => {
    expect(hoverAt(policy('targetRef: { group: policy.linkerd.io, kind: Server, name: cart-$0http }'))).toContain('Allowed: shop/web');
  });

  test('annotations and identities are told', () => {
    expect(hoverAt('kind: Namespace\nmetadata: { name: a, annotations: { linkerd.io/inject: ena$0bled } }')).toContain(
      'Whether new pods get a proxy',
    );
    expect(
      hoverAt(
        'kind: MeshTLSAuthentication\nmetadata: { name: a, namespace: b }\nspec: { identities: ["*.shop.serviceaccount.$0identity.linkerd.cluster.local"] }',
      ),
    ).toContain('Everything in namespace shop');
  });
});

describe('effective state', () => {
  const world = edit(beside('kind: ConfigMap\nmetadata: { name: $0a }'));
  const told = (name: string) => {
    const { snapshot } = world;
    return (stateOf(snapshot, resourcesCalled(snapshot, name)[0]!)?.lines ?? []).map(({ topic, text }) => `${topic}: ${text}`);
  };

  test('of a workload: proxy, identity, and who may call each port', () => {
    const lines = told('deploy/cart.shop');
    expect(lines).toContain('linkerd: proxy (Namespace "shop")');
    expect(lines).toContain('identity: cart.shop.serviceaccount.identity.linkerd.cluster.local');
    expect(lines).toContain('port 8080: Server "cart-http", HTTP/1: allowed: shop/web; clients that no policy allows are refused');
    expect(lines).toContain('other ports: all-unauthenticated: everybody may call (default)');
  });

  test('of a Service, a Server and a policy', () => {
    expect(told('svc/cart.shop')).toEqual(
      expect.arrayContaining(['calls: HTTPRoute "cart" on port 80', 'settings: timeout request 5s', 'opaque: port 3306']),
    );
    expect(told('Server/cart-http.shop')).toEqual([
      'pods: cart 8080',
      'callers: allowed: shop/web; clients that no policy allows are refused',
    ]);
    expect(told('AuthorizationPolicy/cart-web.shop')).toEqual(['lets in: shop/web', 'to: cart']);
  });

  test('links each step to the line that decides it', () => {
    const linked = edit(
      beside(`kind: Namespace
metadata: { name: bank, annotations: { linkerd.io/inject: ena$0bled, config.linkerd.io/default-inbound-policy: deny, config.linkerd.io/opaque-ports: "9000" } }
---
kind: Deployment
metadata: { name: ledger, namespace: bank }
spec: { template: { metadata: { labels: { app: ledger } }, spec: { serviceAccountName: books, containers: [{ name: a, ports: [{ name: http, containerPort: 80 }] }] } } }
---
kind: Deployment
metadata: { name: own, namespace: bank }
spec: { template: { metadata: { annotations: { config.linkerd.io/default-inbound-policy: audit } }, spec: { containers: [{ name: a }] } } }
---
kind: Server
metadata: { name: ledger, namespace: bank }
spec: { podSelector: { matchLabels: { app: ledger } }, port: htpp, accessPolicy: all-unauthenticated }`),
    );
    expect(linksOf(linked, 'deploy/ledger.bank')).toEqual(['linkerd: enabled', 'identity: books', 'ports: deny', 'opaque: "9000"']);
    expect(linksOf(linked, 'deploy/own.bank')).toEqual(['linkerd: enabled', 'identity:', 'ports: audit', 'opaque: "9000"']);
    expect(linksOf(linked, 'Server/ledger.bank')).toEqual(['pods: ledger', 'callers: all-unauthenticated']);
    expect(linksOf(linked, 'Service/cart.shop')).toContain('settings: 5s');
    expect(linksOf(linked, 'AuthorizationPolicy/cart-web.shop')[0]).toBe(
      'lets in: { group: policy.linkerd.io, kind: MeshTLSAuthentication, name: web }',
    );
    expect(linksOf(linked, 'MeshTLSAuthentication/web.shop')).toEqual(['identity: web.shop.serviceaccount.identity.linkerd.cluster.local']);
    const pods = stateOf(linked.snapshot, resourcesCalled(linked.snapshot, 'Server/ledger.bank')[0]!)!.lines[0]!;
    expect(pods.text).toBe('ledger (no port "htpp")');
  });

  test('nobody is let in by a policy that cannot be, and nothing guards pods without a proxy', () => {
    const { snapshot } = edit(
      beside(`kind: Deployment
metadata: { name: plain, namespace: shop }
spec: { template: { metadata: { labels: { app: plain }, annotations: { linkerd.io/inject: disabled } }, spec: { containers: [{ name: a }] } } }
---
kind: Server
metadata: { name: plain, namespace: shop }
spec: { podSelector: { matchLabels: { app: plain } }, port: 80 }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: pl$0ain, namespace: shop }
spec: { targetRef: { kind: Server, name: plain }, requiredAuthenticationRefs: [{ kind: ServiceAccount, name: web }] }`),
    );
    const lines = (name: string) =>
      stateOf(snapshot, resourcesCalled(snapshot, name)[0]!)!.lines.map(({ topic, text }) => `${topic}: ${text}`);
    expect(lines('AuthorizationPolicy/plain.shop')).toEqual(['lets in: nobody: a policy cannot be about Server of the core group']);
    expect(lines('Server/plain.shop')).toContain('callers: everybody: its pods have no proxy, so nothing is enforced');
  });

  test('of a route of its own, of identities, and of a machine outside of the cluster', () => {
    const { snapshot } = edit(
      beside(`apiVersion: policy.linkerd.io/v1beta3
kind: HTTPRoute
metadata: { name: api, namespace: shop }
spec: { parentRefs: [{ group: policy.linkerd.io, kind: Server, name: cart-http }], rules: [{ matches: [{ path: { value: /api } }] }] }
---
apiVersion: policy.linkerd.io/v1alpha1
kind: AuthorizationPolicy
metadata: { name: api, namespace: shop }
spec: { targetRef: { group: policy.linkerd.io, kind: HTTPRoute, name: api }, requiredAuthenticationRefs: [{ kind: ServiceAccount, name: ops }] }
---
apiVersion: workload.linkerd.io/v1beta1
kind: ExternalWorkload
metadata: { name: vm, namespace: shop, labels: { app: vm } }
spec: { meshTLS: { identity: 'spiffe://mesh.test/vm', serverName: vm.shop }, ports: [{ name: http, port: 80 }] }
---
kind: Server
metadata: { name: vm, namespace: shop }
spec: { externalWorkloadSelector: { matchLabels: { app: vm } }, port: http, accessPolicy: all-authenticated }
---
kind: ConfigMap
metadata: { name: $0a }`),
    );
    const lines = (name: string) => stateOf(snapshot, resourcesCalled(snapshot, name)[0]!)?.lines.map((it) => `${it.topic}: ${it.text}`);
    expect(lines('HTTPRoute/api.shop')).toEqual([
      'through: Server "shop/cart-http"',
      'routes: /api goes where it was sent',
      'callers: allowed: shop/ops',
    ]);
    expect(lines('ExternalWorkload/vm.shop')).toEqual([
      'identity: spiffe://mesh.test/vm',
      'port 80: Server "vm", unknown: clients in the mesh may call',
    ]);
    expect(lines('MeshTLSAuthentication/web.shop')).toEqual(['identity: web.shop.serviceaccount.identity.linkerd.cluster.local']);
  });

  test('lenses', () => {
    const texts = codeLenses(world.snapshot, 'file:///workspace/world.yaml', ['references', 'workloads', 'callers']).map((it) => it.text);
    expect(texts).toEqual(
      expect.arrayContaining([
        expect.stringContaining('authorized by cart-http'),
        expect.stringContaining('1 caller allowed'),
        expect.stringContaining('asked for by 1 policy'),
      ]),
    );
  });
});

test('a service account is renamed in identities that name it', () => {
  const text = renameTo(
    `
    kind: ServiceAccount
    metadata: { name: we$0b, namespace: shop }
    ---
    kind: MeshTLSAuthentication
    metadata: { name: a, namespace: shop }
    spec: { identities: [web.shop.serviceaccount.identity.linkerd.cluster.local] }
  `,
    'front',
  );
  expect(text).toContain('identities: [front.shop.serviceaccount.identity.linkerd.cluster.local]');
});
