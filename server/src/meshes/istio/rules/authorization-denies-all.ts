import { namespaceKey } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import { defineRule } from '../../../rules/rule.js';
import { insertEntry } from '../../../yaml/edit.js';
import { meets } from '../authorization.js';
import { pickedWorkloads } from '../../kubernetes/lookups.js';
import { isOpen, labelsAt } from '../kinds/shared.js';
import { meshConfig } from '../mesh-config.js';
import { placeOfAbsent } from '../places.js';
import { allAuthorizationPolicies, authorizationPolicies, type AuthorizationPolicyFacts } from '../tables.js';

export const authorizationDeniesAll = defineRule({
  id: 'istio/authorization-denies-all',
  title: 'AuthorizationPolicy without rules denies every request',
  severity: 'warning',
  category: 'policy',
  unseen: 'info',
  effect: 'Every request gets 403.',
  why: 'An ALLOW policy admits what its rules describe and nothing else; one without rules admits nothing. As a default deny that is fine, once other policies allow what has to pass.',
  remedy: 'Add rules for the callers that have to pass, or a second policy that allows them; try it with istio.io/dry-run first.',
  example: {
    bad: `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: payment, namespace: payments }
spec:
  selector: { matchLabels: { app: payment } }
  action: ALLOW
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: payment, namespace: payments }
spec:
  selector: { matchLabels: { app: payment } }
  template:
    metadata: { labels: { app: payment, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: payment, image: example.org/payment:1 }] }
`,
    good: `
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: payment, namespace: payments }
spec:
  selector: { matchLabels: { app: payment } }
  action: ALLOW
  rules:
  - from: [{ source: { principals: [cluster.local/ns/payments/sa/default] } }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: payment, namespace: payments }
spec:
  selector: { matchLabels: { app: payment } }
  template:
    metadata: { labels: { app: payment, sidecar.istio.io/inject: "true" } }
    spec: { containers: [{ name: payment, image: example.org/payment:1 }] }
`,
  },

  kinds: ['AuthorizationPolicy'],
  reads: { meshConfig, authorizationPolicies, allAuthorizationPolicies, pickedWorkloads },

  *check({ resource, read, stated }) {
    const own = stated(authorizationPolicies);
    if (own && (own.data.ruleCount > 0 || own.data.hasTargetRef)) return;
    const { root } = resource;
    const action = root.get('spec.action');
    if (root.list('spec.rules.*').length > 0 || root.has('spec.targetRef') || root.has('spec.targetRefs')) return;
    if (isOpen(resource, 'spec') || (action !== undefined && action.text() !== 'ALLOW')) return;
    if (resource.annotations.get(DRY_RUN) === 'true') return;

    const { rootNamespace } = read.meshConfig();
    const selector = labelsAt(root, 'spec.selector.matchLabels') ?? {};
    const hasSelector = Object.keys(selector).length > 0;
    const inRoot = resource.namespace === rootNamespace;
    const others = (
      inRoot
        ? read.allAuthorizationPolicies('')
        : [...read.authorizationPolicies(namespaceKey(resource.namespace)), ...read.authorizationPolicies(rootNamespace)]
    ).filter((it) => it.resource !== resource.id && allowsSomething(it.data));
    const workloads =
      hasSelector && others.length > 0
        ? read.pickedWorkloads(`${inRoot ? '*' : namespaceKey(resource.namespace)}/${selectorText(selector)}`)
        : [];
    if (
      others.some(
        (it) =>
          !hasSelector ||
          meets(
            it,
            selector,
            workloads.map((workload) => workload.data.labels),
          ),
      )
    )
      return;

    const whom = hasSelector
      ? selectorText(selector)
      : inRoot
        ? 'the mesh'
        : resource.namespace === undefined
          ? 'its namespace'
          : `"${resource.namespace}"`;
    yield {
      at: action ?? placeOfAbsent(resource, 'spec.rules'),
      // Another policy may well allow what this one leaves out.
      certainty: 'unseen',
      message: `This policy has no rules, and no other in this workspace allows anything to ${whom}.`,
    };
  },

  fix({ resource, text }) {
    const metadata = resource.root.map('metadata');
    const annotations = metadata?.map('annotations');
    if (!metadata) return [];
    const edit = annotations
      ? insertEntry(text, annotations, DRY_RUN, '"true"')
      : insertEntry(text, metadata, 'annotations', `${DRY_RUN}: "true"`);
    return [{ title: `Dry-run it first (${DRY_RUN})`, edits: [edit] }];
  },
});

const DRY_RUN = 'istio.io/dry-run';

function allowsSomething(policy: AuthorizationPolicyFacts): boolean {
  return policy.incomplete || (policy.action === 'ALLOW' && policy.ruleCount > 0 && !policy.dryRun);
}
