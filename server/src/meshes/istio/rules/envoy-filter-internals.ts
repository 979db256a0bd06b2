import { defineRule } from '../../../rules/rule.js';
import { placeOfName } from '../places.js';

export const envoyFilterInternals = defineRule({
  id: 'istio/envoy-filter-internals',
  title: 'EnvoyFilter builds on what Istio may change',
  severity: 'info',
  category: 'schema',
  peers: ['IST0133'],
  effect: 'An update of Istio may break it without a word.',
  why: 'An EnvoyFilter changes the configuration that Istio generates, and names parts of it. How that looks is no interface: names, order and versions change with releases, and a patch that finds nothing is left out.',
  remedy: 'Use an API of Istio where one does the same, and test it with every update.',
  otherTools: 'istioctl analyze warns of it. Here it is a note, as there is often no other way.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1alpha3
kind: EnvoyFilter
metadata: { name: short-timeout, namespace: shop }
spec:
  configPatches:
  - applyTo: CLUSTER
    patch: { operation: MERGE, value: { connect_timeout: 1s } }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: short-timeout, namespace: shop }
spec:
  host: www.example.com
  trafficPolicy: { connectionPool: { tcp: { connectTimeout: 1s } } }
`,
  },

  kinds: ['EnvoyFilter'],
  reads: {},

  *check({ resource }) {
    yield { at: placeOfName(resource), message: 'This EnvoyFilter changes configuration that Istio generates.' };
  },
});
