import { test } from 'vitest';
import { check } from '../../../../../test/support/check.js';
import { namespaceInjectedByDefault } from './namespace-injected-by-default.js';

const injector = (on: boolean) => `
    ---
    kind: ConfigMap
    metadata: { name: istio-sidecar-injector, namespace: istio-system }
    data: { values: '{"sidecarInjectorWebhook": {"enableNamespacesByDefault": ${on}}}' }`;

test('tells what an installation does with unlabelled Namespaces', () => {
  check(
    namespaceInjectedByDefault,
    `
    kind: Namespace
    metadata: { name: shop }
    #                 ^^^^ info istio/namespace-injected-by-default
    ---
    kind: Namespace
    metadata: { name: mart, labels: { istio-injection: disabled } }
    ${injector(true).trimStart()}
    `,
  );
  check(namespaceInjectedByDefault, `\n    kind: Namespace\n    metadata: { name: shop }${injector(false)}`);
});
