import { expect, test } from 'vitest';
import { edit } from '../../../test/support/editor.js';
import { findingsIn } from '../analysis/workspace.js';
import { explainDiagnostic, findingAt } from './explain-diagnostic.js';

function explained(yaml: string, settings = {}): string {
  const { snapshot, host, uri, offset } = edit(yaml, { settings });
  const finding = findingAt(findingsIn(host, uri), { start: offset, end: offset });
  return finding === undefined ? 'nothing' : explainDiagnostic(snapshot, finding, (it) => it);
}

const ROUTE = `
  # file: shop/route.yaml
  apiVersion: networking.istio.io/v1
  kind: VirtualService
  metadata: { name: checkout, namespace: shop }
  spec:
    hosts: [checkout]
    http:
    - route:
      - destination: { host: checkout, subset: v$03 }
  # file: shop/rule.yaml
  apiVersion: networking.istio.io/v1
  kind: DestinationRule
  metadata: { name: checkout, namespace: shop }
  spec: { host: checkout, subsets: [{ name: v1, labels: { version: v1 } }] }
  ---
  apiVersion: v1
  kind: Service
  metadata: { name: checkout, namespace: shop }
  spec: { ports: [{ name: http, port: 80 }] }
`;

test('tells the finding, its evidence with links, what was looked up, and the page of the rule', () => {
  const page = explained(ROUTE);
  expect(page).toMatch(/^# Subset "v3" of "checkout\.shop" is not defined\. Requests on this route get 503\.\n/);
  expect(page).toContain('`istio/unknown-subset` · error · [shop/route.yaml:8](file:///workspace/shop/route.yaml#L8,');
  expect(page).toMatch(
    /## Evidence\n\n- \[shop\/rule\.yaml:\d+\]\(file:\/\/\/workspace\/shop\/rule\.yaml#L\d+,\d+\): "checkout" defines v1 here/,
  );
  expect(page).toMatch(/## Looked up\n\n- destination rules for `checkout\.shop\.svc\.cluster\.local`: \[shop\/rule\.yaml:4\]/);
  expect(page).toContain('## Why error\n\nThe files at hand show it');
  expect(page).toContain('# istio/unknown-subset\n\nerror · reference');
});

test('says where settings chose the severity', () => {
  expect(explained(ROUTE, { rules: { 'istio/unknown-subset': 'info' } })).toContain(
    '## Why info\n\nThe files at hand show it, whatever else there is. Settings make it info.',
  );
});

test('says nothing where nothing is reported', () => {
  expect(explained(ROUTE.replace('v$03', 'v$01'))).toBe('nothing');
});

test('keeps the contents of Secrets out', () => {
  const page = explained(`
    apiVersion: networking.istio.io/v1
    kind: Gateway
    metadata: { name: public, namespace: istio-ingress }
    spec:
      selector: { app: gateway }
      servers:
      - port: { number: 443, name: https, protocol: HTTPS }
        tls: { mode: SIMPLE, credentialName: shop$0-tls }
        hosts: ["shop.example.com"]
    ---
    apiVersion: v1
    kind: Secret
    metadata: { name: shop-tls, namespace: shop }
    stringData: { tls.key: hunter2 }
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: gateway, namespace: istio-ingress }
    spec: { template: { metadata: { labels: { app: gateway } }, spec: { containers: [] } } }
  `);
  expect(page).toContain('shop');
  expect(page).not.toContain('hunter2');
});
