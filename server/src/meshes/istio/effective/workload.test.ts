import { expect, test } from 'vitest';
import { edit } from '../../../../../test/support/editor.js';
import { workloadState } from './workload.js';

function told(yaml: string): readonly string[] {
  const { host } = edit(yaml);
  const { resource } = [...host.files()]
    .flatMap((it) => it.slots)
    .flatMap((it) => it.document.resources)
    .find((it) => it.resource.kind === 'Deployment')!;
  return workloadState.describe(resource, host.look()).lines.map((it) => `${it.topic}: ${it.text}`);
}

const AMBIENT = `
    kind: Namespace
    metadata: { name: shop, labels: { istio.io/dataplane-mode: ambient WAYPOINT } }
    ---
    kind: Service
    metadata: { name: cart, namespace: shop }
    spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
    ---
    kind: Deployment
    metadata: { name: cart$0, namespace: shop }
    spec: { template: { metadata: { labels: { app: cart } }, spec: { containers: [{ name: cart }] } } }
    ---
`;

test('ztunnel sees no requests: it grants nothing by rules about them, and denies whatever they are', () => {
  const lines = told(`${AMBIENT.replace(' WAYPOINT', '')}
    kind: AuthorizationPolicy
    metadata: { name: no-admin, namespace: shop }
    spec:
      action: DENY
      selector: { matchLabels: { app: cart } }
      rules: [{ from: [{ source: { namespaces: [web] } }], to: [{ operation: { paths: [/admin], ports: ["8080"] } }] }]
    ---
    kind: AuthorizationPolicy
    metadata: { name: readers, namespace: shop }
    spec:
      rules:
      - { from: [{ source: { namespaces: [web] } }], to: [{ operation: { methods: [GET] } }] }
      - { from: [{ source: { namespaces: [ops] } }], to: [{ operation: { ports: ["9090"] } }] }
    ---
    kind: AuthorizationPolicy
    metadata: { name: log, namespace: shop }
    spec: { action: AUDIT, rules: [{}] }
  `);
  expect(lines).toContain(
    'callers: denied: namespace web port 8080; default deny; allowed: namespace ops port 9090; ' +
      'ztunnel sees no requests and allows nothing by the rules of "shop/readers" about them; ' +
      'ztunnel sees no requests: "shop/no-admin" refuses whatever they are; passed over by ztunnel: "shop/log"',
  );
  expect(lines).toContain('waypoint: cart.shop: none, so nothing looks at requests: no routes, retries or rules about them');
});

test('a waypoint keeps what policies that target its Services say of requests', () => {
  const lines = told(`${AMBIENT.replace('WAYPOINT', ', istio.io/use-waypoint: gate')}
    kind: AuthorizationPolicy
    metadata: { name: readers, namespace: shop }
    spec:
      targetRefs: [{ kind: Service, group: "", name: cart }]
      rules: [{ from: [{ source: { namespaces: [web] } }], to: [{ operation: { methods: [GET], paths: [/cart] } }] }]
  `);
  expect(lines).toContain('callers: everybody: no AuthorizationPolicy selects it');
  expect(lines).toContain('waypoint: cart.shop: "shop/gate"; default deny; allowed: namespace web GET /cart');
});

test('a sidecar sees requests', () => {
  const lines = told(`${AMBIENT.replace('istio.io/dataplane-mode: ambient WAYPOINT', 'istio-injection: enabled')}
    kind: AuthorizationPolicy
    metadata: { name: no-admin, namespace: shop }
    spec: { action: DENY, rules: [{ to: [{ operation: { paths: [/admin] } }] }] }
  `);
  expect(lines).toContain('callers: denied: everybody /admin; everybody else is allowed');
});
