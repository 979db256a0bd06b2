import { namespaceKey } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import { defineRule } from '../../../rules/rule.js';
import { quoteIfNeeded } from '../../../yaml/edit.js';
import { pickedWorkloads } from '../../kubernetes/lookups.js';
import { meets } from '../authorization.js';
import { labelsAt } from '../kinds/shared.js';
import { meshConfig } from '../mesh-config.js';
import { keyRange } from '../places.js';
import { allAuthorizationPolicies, authorizationPolicies } from '../tables.js';

export const tokenNotRequired = defineRule({
  id: 'istio/token-not-required',
  title: 'RequestAuthentication without a policy that requires a token',
  severity: 'warning',
  category: 'pitfall',
  unseen: 'info',
  effect: 'Requests without one pass.',
  why: 'A RequestAuthentication refuses requests whose token is wrong. A request without any token passes, unless an AuthorizationPolicy asks for a request principal.',
  remedy: 'Add an AuthorizationPolicy that denies requests without a request principal.',
  example: {
    bad: `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: checkout, namespace: shop }
spec:
  jwtRules: [{ issuer: "https://login.example.com" }]
`,
    good: `
apiVersion: security.istio.io/v1
kind: RequestAuthentication
metadata: { name: checkout, namespace: shop }
spec:
  jwtRules: [{ issuer: "https://login.example.com" }]
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: checkout-require-token, namespace: shop }
spec:
  action: DENY
  rules:
  - from: [{ source: { notRequestPrincipals: ["*"] } }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: checkout, namespace: shop }
spec:
  selector: { matchLabels: { app: checkout } }
  template:
    metadata: { labels: { app: checkout, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: checkout, image: example.org/checkout:1 }] }
`,
  },

  kinds: ['RequestAuthentication'],
  reads: { meshConfig, authorizationPolicies, allAuthorizationPolicies, pickedWorkloads },

  *check({ resource, read }) {
    const { root } = resource;
    const at = keyRange(root, 'spec.jwtRules');
    if (!at || resource.partial || root.list('spec.jwtRules.*').length === 0) return;
    const { rootNamespace } = read.meshConfig();
    const inRoot = resource.namespace === rootNamespace;
    const hasTargetRef = root.has('spec.targetRef') || root.has('spec.targetRefs');
    const selector = labelsAt(root, 'spec.selector.matchLabels') ?? {};
    const hasSelector = Object.keys(selector).length > 0;
    const policies = (
      inRoot
        ? read.allAuthorizationPolicies('')
        : [...read.authorizationPolicies(namespaceKey(resource.namespace)), ...read.authorizationPolicies(rootNamespace)]
    ).filter((it) => it.data.usesToken || it.data.incomplete);
    const workloads =
      hasSelector && policies.length > 0
        ? read.pickedWorkloads(`${inRoot ? '*' : namespaceKey(resource.namespace)}/${selectorText(selector)}`)
        : [];
    if (
      policies.some(
        (it) =>
          hasTargetRef ||
          !hasSelector ||
          meets(
            it,
            selector,
            workloads.map((workload) => workload.data.labels),
          ),
      )
    )
      return;

    const whom = hasTargetRef
      ? 'its target'
      : hasSelector
        ? selectorText(selector)
        : inRoot
          ? 'the mesh'
          : resource.namespace === undefined
            ? 'its namespace'
            : `"${resource.namespace}"`;
    yield { at, certainty: 'unseen', message: `No AuthorizationPolicy in this workspace requires a token for ${whom}.` };
  },

  fix({ resource }) {
    const selector = labelsAt(resource.root, 'spec.selector.matchLabels') ?? {};
    const { root } = resource;
    if (root.has('spec.targetRef') || root.has('spec.targetRefs') || resource.name === '') return [];
    const name = `${resource.name}-require-token`;
    const pairs = Object.entries(selector).map(([key, value]) => `      ${key}: ${quoteIfNeeded(value)}\n`);
    const appendDocument = `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: ${name}
${resource.namespace === undefined ? '' : `  namespace: ${resource.namespace}\n`}spec:
${pairs.length === 0 ? '' : `  selector:\n    matchLabels:\n${pairs.join('')}`}  action: DENY
  rules:
  - from:
    - source:
        notRequestPrincipals: ["*"]
`;
    return [{ title: `Create AuthorizationPolicy "${name}"`, edits: [{ appendDocument }] }];
  },
});
