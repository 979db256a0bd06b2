import { repairs } from '../validation/repairs.js';
import { defineRule } from '../../../rules/rule.js';
import { connectionPools, trafficPolicies } from '../validation/policies.js';
import { lacks, placeOfLack } from '../validation/values.js';

/** What the settings of a port may say, and those of all ports. */
const OF_PORTS = ['outlierDetection', 'connectionPool', 'loadBalancer', 'tls'];
const OF_ALL = [...OF_PORTS, 'portLevelSettings', 'tunnel', 'proxyProtocol', 'retryBudget'];

export const emptyTrafficPolicy = defineRule({
  id: 'istio/empty-traffic-policy',
  title: 'Traffic policy or connection pool that sets nothing',
  severity: 'error',
  category: 'schema',
  peers: ['IST0106'],
  effect: 'The API server rejects it.',
  why: 'Istio refuses a policy without any setting, and settings for a port that is not named: something was meant to stand there.',
  remedy: 'Add a setting, or remove the empty field.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: www, namespace: shop }
spec:
  host: www.example.com
  trafficPolicy: {}
`,
    good: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: www, namespace: shop }
spec:
  host: www.example.com
  trafficPolicy: { loadBalancer: { simple: LEAST_REQUEST } }
`,
  },

  kinds: ['DestinationRule', 'Sidecar'],
  reads: {},

  *check({ resource }) {
    const { root } = resource;
    for (const { policy, ofPort } of trafficPolicies(root)) {
      if (ofPort && lacks(resource, policy, 'port')) yield { at: placeOfLack(root, policy), message: 'These settings name no port.' };
      if (lacks(resource, policy, ...(ofPort ? OF_PORTS : OF_ALL)))
        yield {
          at: placeOfLack(root, policy),
          message: ofPort ? 'Nothing is set for this port.' : 'This traffic policy sets nothing.',
          ...(ofPort ? {} : { data: { remove: 'trafficPolicy' } }),
        };
    }
    for (const pool of connectionPools(root)) {
      if (lacks(resource, pool, 'tcp', 'http')) yield { at: placeOfLack(root, pool), message: 'This connection pool sets nothing.' };
    }
  },

  fix: repairs,
});
