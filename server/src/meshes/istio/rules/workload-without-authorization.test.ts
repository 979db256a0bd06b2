import { expect, test } from 'vitest';
import { createHost } from '../../../analysis/analyze.js';
import { diagnosticsOf } from '../../../analysis/diagnostics.js';
import { check } from '../../../../../test/support/check.js';
import { workloadWithoutAuthorization } from './workload-without-authorization.js';

const on = { settings: { rules: { 'istio/workload-without-authorization': 'on' } } };
const cart = (mark: string) => `
    kind: Deployment
    metadata: { name: cart, namespace: shop }
    ${mark}
    spec: { template: { metadata: { labels: { app: cart } } } }`;
const policy = (namespace: string, spec: string) => `
    ---
    kind: AuthorizationPolicy
    metadata: { name: access, namespace: ${namespace} }
    spec: ${spec}`;

test('reports workloads without a policy where somebody asks for it', () => {
  check(
    workloadWithoutAuthorization,
    cart('#                 ^^^^ warning istio/workload-without-authorization') +
      policy('shop', '{ selector: { matchLabels: { app: other } } }'),
    on,
  );
  check(workloadWithoutAuthorization, cart(''));
});

test('a policy of the namespace or the mesh covers it', () => {
  check(workloadWithoutAuthorization, cart('') + policy('shop', '{}'), on);
  check(workloadWithoutAuthorization, cart('') + policy('istio-system', '{}'), on);
});

test('is told as soon as settings ask for it, by its name or that of its category', () => {
  const uri = 'file:///cart.yaml';
  const text = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: cart, namespace: shop }\nspec: { template: {} }\n';
  const host = createHost();
  host.apply([{ uri, text }]);
  const told = (rules: Record<string, string>): readonly string[] => {
    host.setSettings({ world: 'closed', rules });
    return diagnosticsOf(host, uri).flatMap(({ rule }) => (rule === workloadWithoutAuthorization.id ? [rule] : []));
  };
  expect(told({})).toEqual([]);
  expect(told({ [workloadWithoutAuthorization.id]: 'on' })).toHaveLength(1);
  expect(told({ policy: 'warning' })).toHaveLength(1);
  expect(told({})).toEqual([]);
});
