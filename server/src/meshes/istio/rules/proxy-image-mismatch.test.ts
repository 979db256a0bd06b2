import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { proxyImageMismatch } from './proxy-image-mismatch.js';

const injector = (values: string, revision = '') => `
    ---
    kind: ConfigMap
    metadata: { name: istio-sidecar-injector${revision}, namespace: istio-system }
    data: { values: '${values}' }`;
const pod = (name: string, image: string) => `
    ---
    kind: Pod
    metadata: { name: ${name}, namespace: shop }
    spec: { containers: [{ name: istio-proxy, image: "${image}" }] }`;
const VALUES = '{"global": {"hub": "hub", "tag": "1.30", "proxy": {"image": "proxyv2"}}}';

test('reports pods with an old proxy, on their Namespace', () => {
  check(
    proxyImageMismatch,
    `
    kind: Namespace
    metadata: { name: shop, labels: { istio-injection: enabled } }
    #                 ^^^^ warning istio/proxy-image-mismatch "1 pod of "shop", "old", has another proxy than "hub/proxyv2:1.30"."
    ${(injector(VALUES) + pod('old', 'hub/proxyv2:1.29') + pod('new', 'hub/proxyv2:1.30')).trimStart()}
    `,
  );
});

test('a revision has an injector of its own', () => {
  const shop = '\n    kind: Namespace\n    metadata: { name: shop, labels: { istio.io/rev: canary } }';
  check(proxyImageMismatch, shop + injector(VALUES) + pod('old', 'hub/proxyv2:1.29'));
  check(proxyImageMismatch, shop + injector('{"global": {"proxy": {"image": "own/proxy:2"}}}', '-canary') + pod('fine', 'own/proxy:2'));
});
