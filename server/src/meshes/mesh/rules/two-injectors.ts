import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import { dataPlane, membershipsOf } from '../../kubernetes/mesh-membership.js';
import { podTemplateOf, QUALIFIED_POD_KINDS } from '../../kubernetes/pod-templates.js';
import { workloadKey } from '../../kubernetes/tables.js';

export const twoInjectors = defineRule({
  id: 'mesh/two-injectors',
  title: 'Pods that two meshes claim',
  severity: 'warning',
  category: 'pitfall',
  effect: 'Both intercept the same traffic.',
  why: 'Each mesh leads the traffic of a pod to a proxy of its own, by rules in the network of the pod. Two of them get in the way of each other: connections loop, fail, or pass one proxy only, depending on which came first. While one moves from a mesh to another, each workload is in one of them at a time.',
  remedy: 'Take the pods out of one of the meshes.',
  example: { bad: example('linkerd.io/inject: enabled'), good: example('linkerd.io/inject: disabled') },

  kinds: QUALIFIED_POD_KINDS,
  reads: { membershipsOf },

  *check({ resource, read }) {
    const found = read.membershipsOf(workloadKey(resource));
    const pods = podTemplateOf(resource);
    const [first, second] = found;
    if (!first || !second || pods === undefined) return;
    const own = found.find((it) => it.by === 'pod');
    yield {
      at: pods.place,
      message: `"${resource.name}" is in ${dataPlane(first.plane).title} (${first.marker}) and in ${dataPlane(second.plane).title} (${second.marker}).`,
      related: found.filter((it) => it.by === 'namespace').map((it) => ({ at: it.site, message: `its Namespace has ${it.marker}` })),
      data: own ? own.marker.slice(0, own.marker.indexOf(': ')) : null,
    };
  },

  fix({ resource, problem, text }) {
    const pods = podTemplateOf(resource);
    if (typeof problem.data !== 'string' || pods === undefined) return [];
    const key = problem.data;
    for (const map of [pods.annotations, pods.labels]) {
      const edit = map && removeEntry(text, map, key);
      if (edit) return [{ title: `Remove "${key}"`, edits: [edit] }];
    }
    return [];
  },
});

function example(annotation: string): string {
  return `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: cart, namespace: shop }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart }, annotations: { ${annotation} } }
    spec: { containers: [{ name: cart, image: "example.org/cart:1" }] }
`;
}
