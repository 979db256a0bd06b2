import { defineRule } from '../../../rules/rule.js';
import { keyOf, present } from '../fields.js';
import { REFUSED } from '../names.js';

export const terminatingGatewayInvalid = defineRule({
  id: 'consul/terminating-gateway-invalid',
  title: 'Certificate without key, or key without certificate',
  severity: 'error',
  category: 'schema',
  effect: REFUSED,
  why: 'A terminating gateway shows a certificate of its own with certFile and keyFile together. caFile stands alone.',
  remedy: 'Set both, or neither.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: TerminatingGateway
metadata: { name: out, namespace: shop }
spec:
  services:
  - { name: db, certFile: /etc/tls/tls.crt }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: TerminatingGateway
metadata: { name: out, namespace: shop }
spec:
  services:
  - { name: db, certFile: /etc/tls/tls.crt, keyFile: /etc/tls/tls.key }
`,
  },

  kinds: ['TerminatingGateway'],
  reads: {},

  *check({ resource }) {
    for (const service of resource.root.list('spec.services.*')) {
      if (service.type === 'map' && service.partial) continue;
      const [lone, ...others] = present(service, ['certFile', 'keyFile']);
      if (lone !== undefined && others.length === 0)
        yield { at: keyOf(service, lone), message: `"${lone}" needs "${lone === 'certFile' ? 'keyFile' : 'certFile'}" beside it.` };
    }
  },
});
