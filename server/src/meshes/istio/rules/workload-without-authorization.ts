import { namespaceKey } from '../../../model/resource.js';
import { selects } from '../../../model/selectors.js';
import { defineRule } from '../../../rules/rule.js';
import { workloads } from '../../kubernetes/tables.js';
import { meshConfig } from '../mesh-config.js';
import { placeOfName } from '../places.js';
import { authorizationPolicies } from '../tables.js';

export const workloadWithoutAuthorization = defineRule({
  id: 'istio/workload-without-authorization',
  title: 'Workload that no AuthorizationPolicy covers',
  severity: 'warning',
  category: 'policy',
  peers: ['KIA1301'],
  offByDefault: true,
  effect: 'Everybody in the mesh may call it.',
  why: 'Without a policy a workload takes every request. Where access is granted by policies only, such a workload was forgotten.',
  remedy: 'Write a policy for it, or a default deny for the Namespace.',
  otherTools: 'Kiali takes policies with targetRefs for ones that cover everything; here they cover nothing but their targets.',
  example: {
    bad: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  rules: [{ to: [{ operation: { methods: [GET] } }] }]
`,
  },

  kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob', 'Rollout', 'Pod'],
  reads: { workloads, meshConfig, authorizationPolicies },

  *check({ resource, read }) {
    const namespace = namespaceKey(resource.namespace);
    const workload = read.workloads(`${namespace}/${resource.kind}/${resource.name}`).find((it) => it.resource === resource.id);
    if (!workload || workload.data.incomplete) return;
    const policies = [...read.authorizationPolicies(namespace), ...read.authorizationPolicies(read.meshConfig().rootNamespace)];
    if (policies.some(({ data }) => data.incomplete || (!data.hasTargetRef && selects(data.selector ?? {}, workload.data.labels)))) return;
    yield { at: placeOfName(resource), certainty: 'owned', message: `No AuthorizationPolicy in this workspace covers "${resource.name}".` };
  },
});
