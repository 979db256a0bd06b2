import { defineRule } from '../../../rules/rule.js';
import { changeToNear, unknownValue } from '../fields.js';
import { REFUSED } from '../names.js';

export const meshGatewayModeInvalid = defineRule({
  id: 'consul/mesh-gateway-mode-invalid',
  title: 'Mode of mesh gateways that does not exist',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'Traffic to other datacenters and peers leaves through no mesh gateway, the local one or the remote one. The webhook knows none, local and remote.',
  remedy: 'Use none, local or remote.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { meshGateway: { mode: Local } }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { meshGateway: { mode: local } }
`,
  },

  kinds: ['ServiceDefaults', 'ProxyDefaults'],
  reads: {},

  *check({ resource }) {
    for (const path of [
      'spec.meshGateway.mode',
      'spec.upstreamConfig.defaults.meshGateway.mode',
      'spec.upstreamConfig.overrides.*.meshGateway.mode',
    ])
      for (const node of resource.root.list(path)) yield* unknownValue(node, ['none', 'local', 'remote'], 'mode of mesh gateways');
  },

  fix: changeToNear,
});
