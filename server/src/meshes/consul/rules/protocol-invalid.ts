import { defineRule } from '../../../rules/rule.js';
import { changeToNear, keyOf, lacks, unknownValue } from '../fields.js';
import { PROTOCOLS, REFUSED } from '../names.js';

export const protocolInvalid = defineRule({
  id: 'consul/protocol-invalid',
  title: 'Protocol that Consul does not know',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'Consul routes tcp, http, http2 and grpc. TLS between proxies comes on its own, so there is no https.',
  remedy: 'Use tcp, http, http2 or grpc.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: https }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { protocol: http }
`,
  },

  kinds: ['ServiceDefaults', 'IngressGateway'],
  reads: {},

  *check({ resource }) {
    if (resource.kind === 'ServiceDefaults') {
      yield* unknownValue(resource.root.get('spec.protocol'), PROTOCOLS, 'protocol of Consul');
      return;
    }
    for (const listener of resource.root.list('spec.listeners.*')) {
      if (lacks(resource, listener, 'protocol')) yield { at: keyOf(listener, 'protocol'), message: 'This listener has no protocol.' };
      else yield* unknownValue(listener.get('protocol'), PROTOCOLS, 'protocol of Consul');
    }
  },

  fix: changeToNear,
});
