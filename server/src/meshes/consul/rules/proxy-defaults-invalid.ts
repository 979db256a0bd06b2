import { defineRule } from '../../../rules/rule.js';
import { changeToNear, unknownValue } from '../fields.js';
import { REFUSED } from '../names.js';

export const proxyDefaultsInvalid = defineRule({
  id: 'consul/proxy-defaults-invalid',
  title: 'Policy for failover or locality that does not exist',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'Failover goes by order or by locality, and locality is preferred or not; the webhook knows these values only.',
  remedy: 'Use one of the values that exist.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ProxyDefaults
metadata: { name: global, namespace: consul }
spec: { failoverPolicy: { mode: random } }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ProxyDefaults
metadata: { name: global, namespace: consul }
spec: { failoverPolicy: { mode: order-by-locality } }
`,
  },

  kinds: ['ProxyDefaults', 'ServiceResolver'],
  reads: {},

  *check({ resource }) {
    if (resource.kind === 'ProxyDefaults')
      yield* unknownValue(resource.root.get('spec.failoverPolicy.mode'), ['sequential', 'order-by-locality'], 'mode of failover');
    yield* unknownValue(resource.root.get('spec.prioritizeByLocality.mode'), ['none', 'failover'], 'mode of locality');
  },

  fix: changeToNear,
});
