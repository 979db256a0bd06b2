import { defineRule } from '../../../rules/rule.js';
import { changeToNear, unknownValue } from '../fields.js';
import { REFUSED } from '../names.js';

export const mutualTlsModeInvalid = defineRule({
  id: 'consul/mutual-tls-mode-invalid',
  title: 'Mode of mutual TLS that does not exist',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'The webhook compares the mode letter by letter: strict, permissive, or nothing for the mode of ProxyDefaults.',
  remedy: 'Use strict or permissive.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { mutualTLSMode: STRICT }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: ServiceDefaults
metadata: { name: web, namespace: shop }
spec: { mutualTLSMode: strict }
`,
  },

  kinds: ['ServiceDefaults', 'ProxyDefaults'],
  reads: {},

  *check({ resource }) {
    yield* unknownValue(resource.root.get('spec.mutualTLSMode'), ['strict', 'permissive'], 'mode of mutual TLS');
  },

  fix: changeToNear,
});
