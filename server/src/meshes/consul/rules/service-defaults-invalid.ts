import { defineRule } from '../../../rules/rule.js';
import { changeToNear, unknownValue } from '../fields.js';
import { REFUSED } from '../names.js';

export const serviceDefaultsInvalid = defineRule({
  id: 'consul/service-defaults-invalid',
  title: 'Limit of a service that cannot be',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'Numbers of connections and timeouts are 0 or more, and connections are balanced by exact_balance or not at all.',
  remedy: 'Use 0 or more, and exact_balance.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { maxInboundConnections: -1 }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { maxInboundConnections: 200 }
`,
  },

  kinds: ['ServiceDefaults'],
  reads: {},

  *check({ resource }) {
    for (const field of ['maxInboundConnections', 'localConnectTimeoutMs', 'localRequestTimeoutMs']) {
      const node = resource.root.get(`spec.${field}`);
      if (node && (node.number() ?? 0) < 0) yield { at: node, message: `"${field}" cannot be below 0.` };
    }
    yield* unknownValue(resource.root.get('spec.balanceInboundConnections'), ['exact_balance'], 'way to balance connections');
  },

  fix: changeToNear,
});
