import { expect, test } from 'vitest';
import { edit, hoverAt } from '../../../test/support/editor.js';
import { hover } from './hover.js';

const WORLD = `
    kind: Service
    metadata: { name: payment, namespace: payments }
    spec:
      selector: { app: payment }
      ports: [{ name: http-api, port: 8080 }]
    ---
    kind: Namespace
    metadata: { name: payments, labels: { istio-injection: enabled } }
    ---
    kind: Deployment
    metadata: { name: payment, namespace: payments }
    spec:
      replicas: 2
      template:
        metadata: { labels: { app: payment } }
        spec: { serviceAccountName: payment, containers: [{ name: payment, image: payment }] }
    ---
    kind: PeerAuthentication
    metadata: { name: default, namespace: payments }
    spec: { mtls: { mode: STRICT } }
    ---
    kind: PeerAuthentication
    metadata: { name: payment-ports, namespace: payments }
    spec:
      selector: { matchLabels: { app: payment } }
      portLevelMtls: { 9090: { mode: PERMISSIVE } }
    ---
    kind: AuthorizationPolicy
    metadata: { name: payment-access, namespace: payments }
    spec:
      selector: { matchLabels: { app: payment } }
      rules:
      - from: [{ source: { principals: [cluster.local/ns/shop/sa/checkout] } }]
`;

test('a host tells its service, with ports, pods, routes and mTLS', () => {
  expect(
    hoverAt(`
    kind: VirtualService
    metadata: { name: a, namespace: shop }
    spec:
      http:
      - route:
        - destination: { host: pay$0ment.payments.svc.cluster.local }
    ---${WORLD}`),
  ).toBe(
    [
      '**Service payment** · payments · [main.yaml:11]',
      '`payment.payments.svc.cluster.local`',
      'Ports 8080 http-api · payment (2 pods)',
      'Routed by 1 VirtualService · mTLS STRICT',
    ].join('\\\n'),
  );
});

test('the name of a workload tells its effective state and who decides it', () => {
  const text = hoverAt(
    WORLD.replace('kind: Deployment\n    metadata: { name: payment', 'kind: Deployment\n    metadata: { name: pay$0ment'),
  );
  expect(text).toContain('Sidecar injected ([main.yaml:10])');
  expect(text).toContain('mTLS **STRICT**, port 9090 **PERMISSIVE**');
  expect(text).toContain('1. Workload: [payments/payment-ports], UNSET · inherits');
  expect(text).toContain('2. Namespace: [payments/default], STRICT · decides');
  expect(text).toContain('ALLOW [payment-access]: shop/checkout, all else gets 403');
});

test('a mode tells which workloads it is for, and what it means', () => {
  const text = hoverAt(WORLD.replace('mode: STRICT', 'mode: STR$0ICT'));
  expect(text).toContain('Picks 1 workload');
  expect(text).toMatch(/\*\*STRICT\*\* · ./);
});

test('a key tells what the field is', () => {
  const text = hoverAt(`
    kind: VirtualService
    metadata: { name: a, namespace: shop }
    spec:
      http:
      - time$0out: 3s
`);
  expect(text).toMatch(/^\*\*timeout\*\* · duration/);
});

test('text of a manifest does nothing in Markdown', () => {
  const text = hoverAt(`
    kind: VirtualService
    metadata: { name: a, namespace: shop }
    spec:
      http:
      - route:
        - destination: { host: '*.x[y](z)' , subset: a$0b }
    ---
    kind: DestinationRule
    metadata: { name: a, namespace: shop }
    spec:
      host: '*.x[y](z)'
      subsets: [{ name: ab, labels: { '<b>': '*x*' } }]
`);
  expect(text).toContain('of \\*.x\\[y\\]\\(z\\)');
  expect(text).toContain('\\<b\\>=\\*x\\*');
});

test('values of a Secret are shown nowhere', () => {
  const text = hoverAt(`
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: a, namespace: shop }
    spec:
      servers:
      - tls: { credentialName: shop$0-tls }
    ---
    kind: Secret
    metadata: { name: shop-tls, namespace: shop }
    stringData: { tls.key: hunter2 }
`);
  expect(text).toContain('keys tls.key');
  expect(text).not.toContain('hunter2');
});

test('nothing is told of foreign YAML, comments and unknown fields', () => {
  expect(hoverAt('services:\n  web:\n    ima$0ge: x\n')).toBeUndefined();
  expect(hoverAt('kind: VirtualService\n# com$0ment\nmetadata: { name: a }\n')).toBeUndefined();
  expect(hoverAt('kind: VirtualService\nmetadata: { name: a }\nspec:\n  nonsen$0se: 1\n')).toBeUndefined();
});

test('beside somebody who tells what fields do, only what the workspace knows is told', () => {
  const { snapshot, uri, offset, textOf } = edit(`
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { ports: [{ port: 80 }] }
    ---
    kind: VirtualService
    metadata: { name: cart, namespace: shop }
    spec:
      ho$0sts: [cart]
`);
  const options = { uriOf: (it: string) => it, isTrusted: false };
  const told = (at: number, withoutSchema: boolean): string | undefined =>
    hover(snapshot, uri, at, { ...options, withoutSchema })?.markdown;
  expect(told(offset, false)).toContain('**hosts**');
  expect(told(offset, true)).toBeUndefined();
  expect(told(textOf(uri).lastIndexOf('cart'), true)).toContain('**Service cart**');
});

test('tells in which other scopes the same place comes to something else', () => {
  const overlay = (name: string, subset: string): string => `
    # file: ${name}/kustomization.yaml
    resources: [../base, subsets.yaml]
    # file: ${name}/subsets.yaml
    apiVersion: networking.istio.io/v1
    kind: DestinationRule
    metadata: { name: checkout, namespace: shop }
    spec: { host: checkout, subsets: [{ name: ${subset}, labels: { version: ${subset} } }] }`;
  const files = (prod: string): string => `
    # file: base/kustomization.yaml
    resources: [service.yaml]
    # file: base/service.yaml
    apiVersion: v1
    kind: Service
    metadata: { name: check$0out, namespace: shop }
    spec: { ports: [{ name: http, port: 80 }] }${overlay('dev', 'v1')}${overlay('prod', prod)}
  `;
  expect(hoverAt(files('v2'))).toContain('Differs in scope "prod"');
  expect(hoverAt(files('v1'))).not.toContain('Differs');
});
