import { expect, test } from 'vitest';
import { createHost } from '../../analysis/analyze.js';
import type { AnalysisHost } from '../../analysis/host.js';
import type { Settings } from '../../index/settings.js';
import { parseFixture } from '../../../../test/support/fixture.js';
import { injectionOf } from './injection.js';
import { destinationRulesFor, hostInView, ownersOfHost, portsOfHost, subsetsNamed, workloadsOfHost } from './lookups.js';
import { serverMtlsOf } from './mtls.js';

function host(yaml: string, settings: Settings = {}): AnalysisHost {
  const made = createHost();
  made.setSettings(settings);
  made.apply(parseFixture(yaml).files.map(({ uri, text }) => ({ uri, text })));
  return made;
}

const names = (found: readonly { readonly data: unknown }[]): readonly string[] =>
  found.map((it) => (it.data as { name?: string; host?: string }).name ?? (it.data as { host: string }).host);

test('a host is owned by its Service, and by ServiceEntries that name or cover it', () => {
  const { look } = world(`
    kind: Service
    metadata: { name: cart, namespace: shop }
    ---
    kind: ServiceEntry
    metadata: { name: api, namespace: shop }
    spec: { hosts: [api.example.com, "*.example.org"] }
  `);
  expect(names(look(ownersOfHost, 'cart.shop.svc.cluster.local'))).toEqual(['cart']);
  expect(names(look(ownersOfHost, 'api.example.com'))).toEqual(['api.example.com']);
  expect(names(look(ownersOfHost, 'a.b.example.org'))).toEqual(['*.example.org']);
  expect(look(ownersOfHost, 'example.org')).toEqual([]);
  expect(look(ownersOfHost, 'cart.payments.svc.cluster.local')).toEqual([]);
});

test('an unknown namespace meets every namespace, and is met by every one', () => {
  const { look } = world(`
    kind: Service
    metadata: { name: cart }
    ---
    kind: Service
    metadata: { name: payment, namespace: payments }
  `);
  expect(names(look(ownersOfHost, 'cart.shop.svc.cluster.local'))).toEqual(['cart']);
  expect(names(look(ownersOfHost, 'payment.?.svc.cluster.local'))).toEqual(['payment']);
  expect(look(ownersOfHost, 'payment.shop.svc.cluster.local')).toEqual([]);
});

test('the cluster domain is a setting', () => {
  const { look } = world('kind: Service\nmetadata: { name: cart, namespace: shop }', { clusterDomain: 'corp.local' });
  expect(names(look(ownersOfHost, 'cart.shop.svc.corp.local'))).toEqual(['cart']);
});

test('a missing host would show where its namespace has services here', () => {
  const yaml = 'kind: Service\nmetadata: { name: cart, namespace: shop }';
  expect(world(yaml).look(hostInView, 'carrt.shop.svc.cluster.local')).toBe('owned');
  expect(world(yaml).look(hostInView, 'ledger.payments.svc.cluster.local')).toBe('unseen');
  expect(world(yaml, { owns: ['pay*'] }).look(hostInView, 'ledger.payments.svc.cluster.local')).toBe('owned');
  expect(world(yaml, { external: ['*.shop.svc.cluster.local'] }).look(hostInView, 'x.shop.svc.cluster.local')).toBe('external');
});

test('the default ingress gateway exists in a closed world that has no other', () => {
  const gateway = 'istio-ingressgateway.istio-system.svc.cluster.local';
  expect(world('kind: Service\nmetadata: { name: cart, namespace: shop }', { world: 'closed' }).look(hostInView, gateway)).toBe('external');
  expect(world('kind: Service\nmetadata: { name: cart, namespace: shop }').look(hostInView, gateway)).toBe('unseen');
});

test('subsets are found through exact and wildcard rules', () => {
  const { look } = world(`
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { host: cart, subsets: [{ name: v1, labels: { version: v1 } }] }
    ---
    kind: DestinationRule
    metadata: { name: all, namespace: shop }
    spec: { host: "*.shop.svc.cluster.local", subsets: [{ name: any, labels: { app: x } }] }
  `);
  expect(names(look(subsetsNamed, 'cart.shop.svc.cluster.local/v1'))).toEqual(['v1']);
  expect(look(subsetsNamed, 'cart.shop.svc.cluster.local/any')).toEqual([]);
  expect(names(look(subsetsNamed, 'order.shop.svc.cluster.local/any'))).toEqual(['any']);
  expect(names(look(destinationRulesFor, 'order.shop.svc.cluster.local'))).toEqual(['all']);
});

test('workloads and ports of a host', () => {
  const { look } = world(`
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
    ---
    kind: Deployment
    metadata: { name: cart-v1, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart, version: v1 } } } }
    ---
    kind: Deployment
    metadata: { name: cart, namespace: other }
    spec: { template: { metadata: { labels: { app: cart } } } }
  `);
  expect(names(look(workloadsOfHost, 'cart.shop.svc.cluster.local') ?? [])).toEqual(['cart-v1']);
  expect(look(portsOfHost, 'cart.shop.svc.cluster.local:80')).toHaveLength(1);
  expect(look(portsOfHost, 'cart.shop.svc.cluster.local:81')).toEqual([]);
});

test.each([
  ['istio-injection: enabled', '', 'injected namespace-label'],
  ['istio-injection: disabled', 'sidecar.istio.io/inject: "true"', 'none namespace-disabled'],
  ['istio.io/rev: canary', '', 'injected namespace-revision'],
  ['istio-injection: enabled', 'sidecar.istio.io/inject: "false"', 'none pod-label'],
  ['other: label', '', 'none namespace-unlabelled'],
  ['other: label', 'sidecar.istio.io/inject: "true"', 'injected pod-label'],
  ['other: label', 'istio.io/rev: canary', 'injected pod-revision'],
  ['istio.io/dataplane-mode: ambient', '', 'ambient dataplane-mode'],
  ['istio.io/dataplane-mode: ambient', 'istio.io/dataplane-mode: none', 'none namespace-unlabelled'],
])('a namespace with %s and a pod with %s: %s', (namespaceLabel, podLabel, expected) => {
  const { look } = world(`
    kind: Namespace
    metadata:
      name: shop
      labels:
        ${namespaceLabel}
    ---
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec:
      template:
        metadata:
          labels:
            app: cart
            ${podLabel}
  `);
  const { state, why } = look(injectionOf, 'shop/Deployment/cart');
  expect(`${state} ${why}`).toBe(expected);
});

test('without its Namespace at hand, a workload that says nothing is unknown', () => {
  const { look } = world(
    'kind: Deployment\nmetadata: { name: cart, namespace: shop }\nspec: { template: { metadata: { labels: { app: cart } } } }',
  );
  expect(look(injectionOf, 'shop/Deployment/cart').state).toBe('unknown');
});

test('mTLS: workload before namespace before mesh, and UNSET inherits', () => {
  const { look } = world(`
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart } } } }
    ---
    kind: Deployment
    metadata: { name: ads, namespace: shop }
    spec: { template: { metadata: { labels: { app: ads } } } }
    ---
    kind: Deployment
    metadata: { name: job, namespace: other }
    spec: { template: { metadata: { labels: { app: job } } } }
    ---
    kind: PeerAuthentication
    metadata: { name: default, namespace: istio-system }
    spec: { mtls: { mode: STRICT } }
    ---
    kind: PeerAuthentication
    metadata: { name: default, namespace: shop }
    spec: { mtls: { mode: PERMISSIVE } }
    ---
    kind: PeerAuthentication
    metadata: { name: cart, namespace: shop }
    spec: { selector: { matchLabels: { app: cart } }, mtls: { mode: UNSET }, portLevelMtls: { 9090: { mode: STRICT } } }
  `);
  const cart = look(serverMtlsOf, 'shop/Deployment/cart');
  expect([cart.mode, cart.ports, cart.steps.map((it) => it.level)]).toEqual([
    'PERMISSIVE',
    { '9090': 'STRICT' },
    ['workload', 'namespace', 'mesh'],
  ]);
  expect(look(serverMtlsOf, 'shop/Deployment/ads').ports).toEqual({});
  expect(look(serverMtlsOf, 'other/Deployment/job').mode).toBe('STRICT');
});

test('references lead to definitions and back, short and long names alike', () => {
  const made = host(`
    kind: Service
    metadata: { name: cart, namespace: shop }
    ---
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec: { hosts: [cart], http: [{ route: [{ destination: { host: cart.shop.svc.cluster.local } }] }] }
    ---
    kind: DestinationRule
    metadata: { name: cart, namespace: shop }
    spec: { host: cart }
  `);
  const file = [...made.files()][0]!;
  const service = file.slots[0]!.document.resources[0]!.facts.definitions.find((it) => it.table === 'kubernetes/services')!;
  expect(made.referencesToDefinition(service)).toHaveLength(3);
});

function world(yaml: string, settings: Settings = {}): { look: ReturnType<AnalysisHost['look']>['get'] } {
  return { look: host(yaml, settings).look('').get };
}
