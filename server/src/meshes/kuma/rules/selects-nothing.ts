import { defineRule } from '../../../rules/rule.js';
import { namespaceKey } from '../../../model/resource.js';
import { selectorText } from '../../../model/selectors.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { ANY_NAMESPACE } from '../../kubernetes/lookups.js';
import { hiddenWorkloads, workloadsByLabel } from '../../kubernetes/tables.js';
import { controlPlane, type ControlPlane } from '../control-plane.js';
import { proxiesPicked } from '../lookups.js';
import { POLICY_KINDS } from '../target-refs.js';
import { headOf } from '../validation/values.js';
import { topRefIn } from '../kinds/shared.js';
import type { Resource } from '../../../model/resource.js';

export const selectsNothing = defineRule({
  id: 'kuma/selects-nothing',
  title: 'A policy selects no workload',
  severity: 'warning',
  category: 'reference',
  effect: 'The policy is for nothing.',
  why: 'A Dataplane has the labels of its pod. A policy whose labels no pod has is taken and never applied.',
  remedy:
    'Use labels of the pod template of a workload. Outside of the system namespace, a policy sees workloads of its own namespace only.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: MeshCircuitBreaker
metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
spec:
  targetRef: { kind: Dataplane, labels: { app: crat } }
  to:
  - targetRef: { kind: Mesh }
    default: { connectionLimits: { maxConnections: 2 } }
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
apiVersion: kuma.io/v1alpha1
kind: MeshCircuitBreaker
metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
spec:
  targetRef: { kind: Dataplane, labels: { app: cart } }
  to:
  - targetRef: { kind: Mesh }
    default: { connectionLimits: { maxConnections: 2 } }
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

  kinds: POLICY_KINDS,
  reads: { proxiesPicked, hiddenWorkloads, workloadsByLabel, controlPlane },

  *check({ resource, read }) {
    const top = topRefIn(resource);
    if (top.hidden || (top.kind !== 'Dataplane' && top.kind !== 'MeshSubset') || resource.namespace === undefined) return;
    const labels = plainLabels(top.labels);
    if (Object.keys(labels).length === 0) return;
    const place = placeOf(resource, read.controlPlane());
    if (read.workloadsByLabel(`${place}/`).length === 0 || read.hiddenWorkloads(place).length > 0) return;
    if (read.proxiesPicked(`${namespaceKey(resource.namespace)}/${selectorText(labels)}`).length > 0) return;
    const key = top.kind === 'Dataplane' ? 'labels' : 'tags';
    const near = nearValue(
      labels,
      read.workloadsByLabel(`${place}/`).map((it) => it.data.labels),
    );
    yield {
      at: headOf(resource.root.get('spec.targetRef'), key),
      certainty: near === undefined ? 'owned' : 'near',
      message: `No workload${place === ANY_NAMESPACE ? '' : ` in namespace "${place}"`} has ${selectorText(labels)}${near === undefined ? '' : ` (${near.label}=${near.value} exists)`}.`,
      data: { near, key },
    };
  },

  fix({ resource, problem, text }) {
    const { near, key } = problem.data as { near?: { label: string; value: string }; key: string };
    const node = near && resource.root.map(`spec.targetRef.${key}`)?.entry(near.label)?.value;
    return node === undefined
      ? []
      : [{ title: `Change to "${near!.value}"`, preferred: true, edits: [replaceValue(text, node, near!.value)] }];
  },
});

/** Without the tags that Kuma adds to what pods say. */
function plainLabels(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).filter(([key]) => !/^(k8s\.)?kuma\.io\//.test(key)));
}

function placeOf(resource: Resource, { systemNamespace }: ControlPlane): string {
  return resource.namespace === systemNamespace ? ANY_NAMESPACE : namespaceKey(resource.namespace);
}

/** A value that some workload has in the place of the one that was written. */
function nearValue(
  labels: Readonly<Record<string, string>>,
  known: readonly Readonly<Record<string, string>>[],
): { readonly label: string; readonly value: string } | undefined {
  for (const [label, written] of Object.entries(labels)) {
    const values = known.flatMap((it) => it[label] ?? []);
    if (values.includes(written)) continue;
    const value = nearest(written, values);
    if (value !== undefined) return { label, value };
  }
  return undefined;
}
