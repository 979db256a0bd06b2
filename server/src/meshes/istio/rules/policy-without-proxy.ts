import { workloadKey } from '../../kubernetes/tables.js';
import { ownedNamespaces } from '../../../index/settings.js';
import { displayName } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { ANY_NAMESPACE, pickedWorkloads } from '../../kubernetes/lookups.js';
import { coversNamespace } from '../hosts.js';
import { injectionOf, type Proxyless } from '../injection.js';
import { labelNamespace, removeOptOut } from '../membership-fixes.js';
import { pickedWorkloadEntries } from '../lookups.js';
import { meshConfig } from '../mesh-config.js';
import { keyRange, placeOfName } from '../places.js';
import { selectionOf, selectorPath, selectsBroughtAlong } from '../selection.js';
import { quotedList } from '../words.js';
import { authorizationPolicies } from '../tables.js';

export const policyWithoutProxy = defineRule({
  id: 'istio/policy-without-proxy',
  title: 'AuthorizationPolicy covers no workload that is in the mesh',
  severity: 'warning',
  category: 'pitfall',
  peers: ['IST0127'],
  effect: 'Nothing enforces this policy.',
  why: 'Policies are enforced by sidecars, waypoints and ztunnel. A workload that has none of them in front takes every request.',
  remedy: 'Inject the workloads of the namespace, or enroll them in ambient.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: disabled } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  rules:
  - to: [{ operation: { methods: [GET] } }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: { name: cart, namespace: shop }
spec:
  rules:
  - to: [{ operation: { methods: [GET] } }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec: { containers: [{ name: cart, image: example.org/cart:1 }] }
`,
  },

  kinds: ['AuthorizationPolicy'],
  reads: { meshConfig, ownedNamespaces, pickedWorkloads, pickedWorkloadEntries, injectionOf, selectsBroughtAlong },

  *check({ resource, read, stated }) {
    const selection = selectionOf(resource, read.meshConfig().rootNamespace, stated(authorizationPolicies)?.data);
    if (!selection) return;
    const { key, labels, place } = selection;
    const hasSelector = Object.keys(labels).length > 0;
    if (!hasSelector && place === ANY_NAMESPACE) return;
    const workloads = read.pickedWorkloads(key);
    if (workloads.some((it) => read.injectionOf(workloadKey(it.data)).state !== 'none')) return;
    if (read.pickedWorkloadEntries(key).length > 0 || (hasSelector && read.selectsBroughtAlong(key) !== undefined)) return;
    if (workloads.length === 0) {
      if (hasSelector) return; // istio/selector-matches-nothing tells
      yield {
        at: placeOfName(resource),
        certainty: read.ownedNamespaces().some((pattern) => coversNamespace(pattern, place)) ? 'owned' : 'unseen',
        message: `No workload of ${resource.namespace === undefined ? 'its namespace' : `"${resource.namespace}"`} is in this workspace.`,
      };
      return;
    }
    const names = [...new Set(workloads.map((it) => it.data.name))];
    yield {
      at: (hasSelector ? keyRange(resource.root, selectorPath(resource.kind)) : undefined) ?? placeOfName(resource),
      message: `${quotedList(names)} ${names.length === 1 ? 'has' : 'have'} no sidecar and ${names.length === 1 ? 'is' : 'are'} not in ambient.`,
      related: workloads.slice(0, 3).map((workload) => {
        const { why, decidedBy } = read.injectionOf(workloadKey(workload.data));
        return {
          at: decidedBy ?? workload,
          message: why.startsWith('namespace')
            ? `Namespace "${workload.data.namespace}" is not injected`
            : `"${workload.data.name}" gets no sidecar`,
        };
      }),
      data: repairOf(workloads.map((it) => ({ workload: it, injection: read.injectionOf(workloadKey(it.data)) }))),
    };
  },

  fix(context) {
    const { problem } = context;
    const repair = problem.data as { label?: string; optOut?: { id: string; name: string } } | undefined;
    if (repair?.label !== undefined) return labelNamespace(repair.label, context);
    return repair?.optOut === undefined ? [] : removeOptOut(repair.optOut.id, context, repair.optOut.name);
  },
});

/** What brings its workloads into the mesh, where one change does. */
function repairOf(covered: readonly Proxyless[]): { label: string } | { optOut: { id: string; name: string } } | undefined {
  const [first] = covered;
  const place = first?.injection.decidedBy?.resource;
  if (!first || place === undefined || covered.some((it) => it.injection.why !== first.injection.why)) return undefined;
  if (first.injection.why === 'namespace-unlabelled')
    return covered.every((it) => it.injection.decidedBy?.resource === place) ? { label: place } : undefined;
  const isOptOut = first.injection.why === 'pod-label' || first.injection.why === 'pod-annotation';
  return isOptOut && covered.length === 1 ? { optOut: { id: first.workload.resource, name: displayName(first.workload.data) } } : undefined;
}
