import { test } from 'vitest';
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
