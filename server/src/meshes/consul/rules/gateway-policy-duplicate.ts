import { resourcesOfFile } from '../../../index/files.js';
import { defineRule } from '../../../rules/rule.js';
import { keyAt } from '../fields.js';
import { policyKey } from '../kinds/gateways.js';
import { earlierOne } from '../lookups.js';
import { REFUSED } from '../names.js';
import { gatewayPolicies } from '../tables.js';

export const gatewayPolicyDuplicate = defineRule({
  id: 'consul/gateway-policy-duplicate',
  title: 'Two policies for one listener',
  severity: 'error',
  category: 'semantics',
  effect: REFUSED,
  why: 'A listener has one GatewayPolicy in a namespace; the webhook refuses a second one.',
  remedy: 'Merge the two.',
  example: {
    bad: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: GatewayPolicy
metadata: { name: login, namespace: shop }
spec:
  targetRef: { group: gateway.networking.k8s.io/v1, kind: Gateway, name: api, sectionName: http }
---
apiVersion: consul.hashicorp.com/v1alpha1
kind: GatewayPolicy
metadata: { name: more, namespace: shop }
spec:
  targetRef: { group: gateway.networking.k8s.io/v1, kind: Gateway, name: api, sectionName: http }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: api, namespace: shop }
spec:
  gatewayClassName: consul
  listeners:
  - { name: http, port: 8080, protocol: HTTP }
`,
    good: `
apiVersion: consul.hashicorp.com/v1alpha1
kind: GatewayPolicy
metadata: { name: login, namespace: shop }
spec:
  targetRef: { group: gateway.networking.k8s.io/v1, kind: Gateway, name: api, sectionName: http }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: api, namespace: shop }
spec:
  gatewayClassName: consul
  listeners:
  - { name: http, port: 8080, protocol: HTTP }
`,
  },

  kinds: ['GatewayPolicy'],
  reads: { gatewayPolicies, resourcesOfFile },

  *check({ resource, read }) {
    const key = policyKey(resource);
    if (key === undefined || resource.name === '') return;
    const found = read.gatewayPolicies(key);
    const first = earlierOne(found, resource.id, read.resourcesOfFile);
    if (first === undefined) return;
    yield {
      at: keyAt(resource, 'spec.targetRef'),
      message: `GatewayPolicy "${first.data.name}" is for this listener too.`,
      related: [{ at: first, message: 'the other policy is here' }],
    };
  },
});
