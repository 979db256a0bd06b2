import { defineRule } from '../../../rules/rule.js';
import { changeToNear, unknownValue } from '../fields.js';
import { PROTOCOLS } from '../names.js';

export const proxyDefaultsProtocolInvalid = defineRule({
  id: 'consul/proxy-defaults-protocol-invalid',
  title: 'Protocol for every service that Consul does not know',
  severity: 'warning',
  category: 'semantics',
  effect: 'Every service without a ServiceDefaults is taken for tcp.',
  why: 'The configuration of ProxyDefaults is free-form, so nobody refuses the value. It is taken for tcp.',
  remedy: 'Use tcp, http, http2 or grpc.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ProxyDefaults
metadata: { name: global, namespace: consul }
spec: { config: { protocol: https } }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ProxyDefaults
metadata: { name: global, namespace: consul }
spec: { config: { protocol: http } }
`,
  },

  kinds: ['ProxyDefaults'],
  reads: {},

  *check({ resource }) {
    yield* unknownValue(resource.root.get('spec.config.protocol'), PROTOCOLS, 'protocol of Consul');
  },

  fix: changeToNear,
});
