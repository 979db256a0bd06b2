import { describe, expect, test } from 'vitest';
import { accept, edit, hoverAt, labels, linksOf, renameTo } from '../../../../test/support/editor.js';
import { codeLenses, resourcesCalled, stateOf } from '../../features/effective.js';

const WORLD = `
    # file: world.yaml
    kind: Namespace
    metadata: { name: shop }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec:
      replicas: 2
      template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: cart, ports: [{ name: http, containerPort: 8080 }] }] } }
    ---
    kind: Deployment
    metadata: { name: front, namespace: edge }
    spec: { template: { metadata: { labels: { app: front } } } }
    ---
    kind: CiliumNetworkPolicy
    metadata: { name: cart, namespace: shop }
    spec:
      endpointSelector: { matchLabels: { app: cart } }
      ingress:
      - fromEndpoints: [{ matchLabels: { app: front, "k8s:io.kubernetes.pod.namespace": edge } }]
        toPorts: [{ ports: [{ port: "8080", protocol: TCP }], rules: { http: [{ method: GET }] } }]
    ---
    kind: CiliumClusterwideNetworkPolicy
    metadata: { name: base }
    spec:
      endpointSelector: {}
      egress: [{ toEntities: [cluster] }]
      egressDeny: [{ toCIDR: [192.0.2.0/24] }]
    ---
    kind: CiliumCIDRGroup
    metadata: { name: partners }
    spec: { externalCIDRs: [198.51.100.0/24] }
    ---
    kind: CiliumEnvoyConfig
    metadata: { name: envoy, namespace: shop }
    spec: { resources: [{ "@type": type.googleapis.com/envoy.config.listener.v3.Listener, name: main }] }
`;

const policy = (below: string) => `
    kind: CiliumNetworkPolicy
    metadata: { name: web, namespace: shop }
    spec:
      endpointSelector: { matchLabels: { app: cart } }
${below}
${WORLD}`;

describe('completion', () => {
  test('offers labels of pods, and namespaces for peers', () => {
    expect(labels(policy('').replace('{ app: cart } }\n', '{ $0 } }\n'))).toContain('app: cart');
    const peers = labels(policy('      ingress:\n      - fromEndpoints:\n        - matchLabels:\n            $0'));
    expect(peers).toContain('k8s:io.kubernetes.pod.namespace: edge');
  });

  test('offers ports of the pods, Services, groups and listeners', () => {
    expect(labels(policy('      ingress:\n      - toPorts:\n        - ports:\n          - port: $0'))).toEqual(
      expect.arrayContaining(['8080', 'http']),
    );
    expect(labels(policy('      egress:\n      - toServices:\n        - k8sService:\n            serviceName: $0'))).toContain('cart');
    expect(labels(policy('      egress:\n      - toCIDRSet:\n        - cidrGroupRef: $0'))).toContain('partners');
    expect(
      labels(
        policy('      egress:\n      - toPorts:\n        - listener:\n            name: $0\n            envoyConfig: { name: envoy }'),
      ),
    ).toContain('main');
  });

  test('writes a port as text', () => {
    expect(accept(policy('      ingress:\n      - toPorts:\n        - ports:\n          - port: $0'), '8080')).toContain('- port: "8080"');
  });

  test('offers annotations with their values', () => {
    const service = `
    kind: Service
    metadata:
      name: orders
      namespace: shop
      annotations:
        $0
${WORLD}`;
    expect(labels(service)).toContain('service.cilium.io/affinity: local');
  });
});

describe('hover', () => {
  test('tells whom a selector picks and what an entity is', () => {
    expect(hoverAt(policy('      ingress: [{ fromEndpoints: [{ matchLabels: { app: ca$0rt } }] }]'))).toContain('shop/cart');
    expect(hoverAt(policy('      ingress: [{ fromEntities: [remote-no$0de] }]'))).toContain('Other nodes');
  });

  test('tells what a group of ranges holds', () => {
    expect(hoverAt(policy('      ingress: [{ fromCIDRSet: [{ cidrGroupRef: part$0ners }] }]'))).toContain('198.51.100.0/24');
  });

  test('tells what an annotation does', () => {
    expect(
      hoverAt(`
    kind: Service
    metadata: { name: orders, namespace: shop, annotations: { service.cilium.io/affinity: lo$0cal } }
${WORLD}`),
    ).toContain('Which endpoints of a global Service come first');
  });
});

test('renames a group of ranges with what names it', () => {
  const renamed = renameTo(policy('      ingress: [{ fromCIDRSet: [{ cidrGroupRef: part$0ners }] }]'), 'friends');
  expect(JSON.stringify(renamed)).toContain('friends');
});

const state = (name: string): readonly string[] => {
  const { snapshot } = edit(`${WORLD}$0`);
  return stateOf(snapshot, resourcesCalled(snapshot, name)[0]!)!.lines.map((it) => `${it.topic}: ${it.text}`);
};

describe('effective state', () => {
  test('of a workload: who may come in, where it may go, which requests are seen', () => {
    expect(state('Deployment/cart.shop').filter((it) => /^(ingress|egress|requests)/.test(it))).toEqual([
      'ingress: default deny; allowed: namespace edge, app=front on 8080/TCP (http)',
      'egress: denied: 192.0.2.0/24; default deny; allowed: cluster',
      'requests: seen by Envoy: http of ingress at 8080',
    ]);
    expect(state('Deployment/front.edge')).toContain('ingress: open: no policy is about it');
  });

  test('of a Service and of a policy', () => {
    expect(state('Service/cart.shop')).toContain('ingress: default deny; allowed: namespace edge, app=front on 8080/TCP (http)');
    expect(state('ccnp/base')).toEqual([
      'selects: every pod: edge/front, shop/cart',
      'egress: denied: 192.0.2.0/24; default deny; allowed: cluster',
    ]);
  });

  test('links each step to the line that decides it', () => {
    const world = edit(`
    kind: Pod
    metadata: { name: agent, namespace: shop }
    spec: { hostNetwork: tr$0ue, containers: [{ name: agent }] }
    ---
    kind: CiliumNetworkPolicy
    metadata: { name: nobody, namespace: shop }
    spec: { endpointSelector: { matchLabels: { app: nobody } }, ingress: [{}], ingressDeny: [{ fromEntities: [world] }] }
${WORLD}`);
    expect(linksOf(world, 'Pod/agent')).toContain('network: true');
    expect(linksOf(world, 'ccnp/base')).toEqual(['selects: front | cart', 'egress: egress | egressDeny']);
    expect(linksOf(world, 'cnp/nobody')).toEqual(['selects: { matchLabels: { app: nobody } }', 'ingress: ingress | ingressDeny']);
  });

  test('of a policy about nodes', () => {
    const { snapshot, uri } = edit(`
    kind: CiliumClusterwideNetworkPolicy
    metadata: { name: hosts }
    spec:
      nodeSelector: { matchLabels: { role: worker } }
      ingress: [{ toPorts: [{ ports: [{ port: '22', protocol: TCP }] }] }]
      egressDeny: [{ toEntities: [world] }]
    $0`);
    expect(stateOf(snapshot, resourcesCalled(snapshot, 'ccnp/hosts')[0]!)!.lines.map((it) => `${it.topic}: ${it.text}`)).toEqual([
      'selects: nodes with role=worker',
      'ingress: default deny; allowed: anybody on 22/TCP',
      'egress: denied: world; default deny; nothing is allowed',
    ]);
    expect(codeLenses(snapshot, uri, ['callers']).map((it) => it.text)).toEqual(['default deny for ingress and egress']);
  });

  test('stands above policies and workloads', () => {
    const { snapshot, uri } = edit(`${WORLD}$0`);
    const texts = codeLenses(snapshot, uri, ['workloads', 'callers']).map((it) => it.text);
    expect(texts).toContain('selects cart · default deny for ingress');
    expect(texts).toContain('selects front, cart · default deny for egress');
    expect(texts.some((it) => it.includes('2 Cilium policies'))).toBe(true);
  });
});
