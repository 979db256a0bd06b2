import { describe, expect, test } from 'vitest';
import { codeLenses, resourcesCalled, stateOf } from '../../features/effective.js';
import { edit, hoverAt, labels, linksOf } from '../../../../test/support/editor.js';

const WORLD = `
    ---
    kind: ServiceResolver
    metadata: { name: web, namespace: shop }
    spec:
      defaultSubset: v1
      subsets:
        v1: { filter: Service.Meta.version == v1 }
        v2: { filter: Service.Meta.version == v2 }
      failover:
        '*': { targets: [{ peer: east }] }
    ---
    kind: ServiceSplitter
    metadata: { name: web, namespace: shop }
    spec: { splits: [{ weight: 90 }, { weight: 10, serviceSubset: v2 }] }
    ---
    kind: ServiceDefaults
    metadata: { name: web, namespace: shop }
    spec: { protocol: http }
    ---
    kind: ServiceIntentions
    metadata: { name: deny, namespace: shop }
    spec: { destination: { name: '*' }, sources: [{ name: '*', action: deny }] }
    ---
    kind: ServiceIntentions
    metadata: { name: web, namespace: shop }
    spec: { destination: { name: web }, sources: [{ name: edge, action: allow }, { name: batch, action: deny }] }
    ---
    kind: JWTProvider
    metadata: { name: idp, namespace: shop }
    spec: { jsonWebKeySet: { local: { filename: /etc/jwks.json } } }
    ---
    kind: PeeringDialer
    metadata: { name: east, namespace: shop }
    spec: { peer: { secret: { name: token, key: data, backend: kubernetes } } }
    ---
    kind: RouteRetryFilter
    metadata: { name: twice, namespace: shop }
    spec: { numRetries: 2 }
`;
const ROUTER = `
    kind: ServiceRouter
    metadata: { name: web, namespace: shop }
    spec:
      routes:
      - match: { http: { pathPrefix: /beta } }
        destination: { service: web, serviceSubset: v2 }
`;

describe('what may be written is offered', () => {
  const router = (destination: string) => `
    kind: ServiceRouter
    metadata: { name: edge, namespace: shop }
    spec:
      routes:
      - destination: ${destination}
${WORLD}`;

  test('services and their subsets', () => {
    expect(labels(router('{ service: $0 }'))).toContain('web');
    expect(labels(router('{ service: web, serviceSubset: $0 }'))).toEqual(['v1', 'v2']);
  });

  test('peers, providers of tokens and filters', () => {
    expect(
      labels(`
    kind: ServiceIntentions
    metadata: { name: a, namespace: shop }
    spec: { destination: { name: a }, sources: [{ name: b, peer: $0 }] }
${WORLD}`),
    ).toEqual(['east']);
    expect(
      labels(`
    kind: RouteAuthFilter
    metadata: { name: a, namespace: shop }
    spec: { jwt: { providers: [{ name: $0 }] } }
${WORLD}`),
    ).toEqual(['idp']);
    expect(
      labels(`
    kind: HTTPRoute
    metadata: { name: a, namespace: shop }
    spec: { rules: [{ filters: [{ type: ExtensionRef, extensionRef: { group: consul.hashicorp.com, kind: RouteRetryFilter, name: $0 } }] }] }
${WORLD}`),
    ).toEqual(['twice']);
  });

  test('annotations of pods', () => {
    const offered = labels(`
    kind: Deployment
    metadata: { name: web, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/con$0
`);
    expect(offered.some((it) => it.startsWith('consul.hashicorp.com/connect-inject'))).toBe(true);
  });
});

describe('hovers', () => {
  test('a subset tells its filter and who uses it', () => {
    const text = hoverAt(`${ROUTER.replace('serviceSubset: v2', 'serviceSubset: v$02')}${WORLD}`)!;
    expect(text).toContain('**Subset v2** · of web');
    expect(text).toContain('Used by 1 ServiceSplitter and 1 ServiceRouter');
  });

  test('a service tells its protocol, its chain and its callers', () => {
    const text = hoverAt(`${ROUTER.replace('service: web', 'service: w$0eb')}${WORLD}`)!;
    expect(text).toContain('protocol http, by ServiceDefaults web');
  });

  test('an annotation tells what it does', () => {
    const text = hoverAt(`
    kind: Pod
    metadata:
      name: web
      namespace: shop
      annotations:
        consul.hashicorp.com/transparent-proxy: 'fa$0lse'
    spec: { containers: [{ name: web, image: web }] }
`)!;
    expect(text).toContain('**transparent-proxy** · bool · default true');
  });
});

describe('effective state', () => {
  const stateLines = (name: string, yaml: string): readonly string[] => {
    const { snapshot } = edit(`${yaml}\n    ---\n    kind: ConfigMap\n    metadata: { name: $0a }\n`);
    return (stateOf(snapshot, resourcesCalled(snapshot, name)[0]!)?.lines ?? []).map((it) => `${it.topic}: ${it.text}`);
  };

  test('the chain of a service goes from router over splitter to resolver', () => {
    expect(stateLines('ServiceRouter/web', ROUTER + WORLD)).toEqual([
      'protocol: http, by ServiceDefaults web',
      'router: /beta* to web (v2)',
      'splitter: 90 % to web, 10 % to web (v2)',
      'subset: v2: Service.Meta.version == v2',
      'failover: web (peer east)',
      'subset: v1: Service.Meta.version == v1',
      'failover: web (peer east)',
      'allowed: edge',
      'denied: batch',
      'others: denied, by the intention for every service',
    ]);
  });

  test('links each step to the line that decides it', () => {
    const world = edit(`
    kind: Deployment
    metadata: { name: edge, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/connect-inject: 'true'
            consul.hashicorp.com/connect-service: edge
            consul.hashicorp.com/transparent-proxy: 'false'
            consul.hashicorp.com/connect-service-upstreams: web:90$090
    ---
    kind: Service
    metadata: { name: shelf, namespace: shop }
    spec: { selector: { app: shelf }, ports: [{ port: 80 }] }
    ---
    kind: Pod
    metadata: { name: shelf-1, namespace: shop, labels: { app: shelf }, annotations: { consul.hashicorp.com/connect-inject: 'true' } }
    spec: { containers: [{ name: shelf }] }
${WORLD}`);
    expect(linksOf(world, 'Deployment/edge').slice(0, 3)).toEqual(["proxy: 'true' | 'false'", 'service: edge', 'upstream: web | web:9090']);
    expect(linksOf(world, 'Pod/shelf-1').slice(0, 2)).toEqual(["proxy: 'true'", 'service: shelf']);
    expect(linksOf(world, 'ServiceIntentions/web')[0]).toBe('for: web');
  });

  test('the more exact intention wins', () => {
    expect(stateLines('ServiceIntentions/web', WORLD)).toEqual([
      'for: web',
      'allowed: edge',
      'denied: batch',
      'others: denied, by the intention for every service',
    ]);
  });

  test('a workload tells its proxy, its service and its upstreams', () => {
    const lines = stateLines(
      'Deployment/edge',
      `
    kind: Deployment
    metadata: { name: edge, namespace: shop }
    spec:
      template:
        metadata:
          annotations:
            consul.hashicorp.com/connect-inject: 'true'
            consul.hashicorp.com/connect-service: edge
            consul.hashicorp.com/transparent-proxy: 'false'
            consul.hashicorp.com/connect-service-upstreams: 'web:9090,far.svc.east.peer:9091'
        spec: { containers: [{ name: edge, image: edge }] }
${WORLD}`,
    );
    const start = lines.indexOf('proxy: injected, by annotation; takes traffic to upstreams only');
    expect(lines.slice(start, start + 4)).toEqual([
      'proxy: injected, by annotation; takes traffic to upstreams only',
      'service: edge',
      'upstream: web at port 9090, allowed by an intention',
      'upstream: far (peer east) at port 9091',
    ]);
  });

  test('a redirect leads on to another resolver', () => {
    const world = `
    kind: ServiceResolver
    metadata: { name: old, namespace: shop }
    spec: { redirect: { service: web } }
${WORLD}`;
    expect(stateLines('ServiceResolver/old', world).slice(0, 4)).toEqual([
      'protocol: tcp, as nothing says otherwise',
      'redirect: web',
      'subset: web: v1: Service.Meta.version == v1',
      'failover: web: web (peer east)',
    ]);
  });
});

test('lenses tell callers, protocols and proxies', () => {
  const { snapshot, uri } = edit(`
    kind: ConfigMap
    metadata: { name: $0a }
    ---
    kind: Pod
    metadata: { name: edge, namespace: shop, annotations: { consul.hashicorp.com/connect-inject: 'true', consul.hashicorp.com/connect-service: edge } }
    spec: { containers: [{ name: edge, image: edge }] }
${WORLD}`);
  const texts = codeLenses(snapshot, uri, ['references', 'workloads', 'callers']).map((it) => it.text);
  expect(texts).toContain('proxy · edge');
  expect(texts).toContain('default deny · 1 caller allowed');
  expect(texts).toContain('used by 1 ServiceSplitter');
});
