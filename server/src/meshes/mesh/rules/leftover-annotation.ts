import { defineRule } from '../../../rules/rule.js';
import { removeEntry } from '../../../yaml/edit.js';
import { annotationSitesIn } from '../../kubernetes/annotation-sites.js';
import { dataPlanes } from '../../data-planes.js';
import type { DataPlane } from '../../kubernetes/data-plane.js';
import { dataPlane, membershipsOf } from '../../kubernetes/mesh-membership.js';
import { QUALIFIED_POD_KINDS } from '../../kubernetes/pod-templates.js';
import { workloadKey } from '../../kubernetes/tables.js';

export const leftoverAnnotation = defineRule({
  id: 'mesh/leftover-annotation',
  title: 'Annotation for the proxy of another mesh than the one that pods are in',
  severity: 'info',
  category: 'pitfall',
  effect: 'Nothing reads it.',
  why: 'Annotations that set up a proxy are read by the mesh that brings it. Where pods moved to another mesh, those of the old one stay behind: ports that were passed over are intercepted again, and limits no longer hold.',
  remedy: 'Remove it, and set up the same for the mesh that the pods are in.',
  example: {
    bad: example('traffic.sidecar.istio.io/excludeOutboundPorts: "3306"'),
    good: example('config.linkerd.io/skip-outbound-ports: "3306"'),
  },

  kinds: QUALIFIED_POD_KINDS,
  reads: { membershipsOf },

  *check({ resource, read }) {
    const planeOf = (name: string): DataPlane | undefined => dataPlanes.find((it) => it.setup?.test(name));
    const sites = annotationSitesIn(resource, (name) => planeOf(name) !== undefined).filter((it) => it.carrier === 'Pod');
    if (sites.length === 0) return;
    const planes = read.membershipsOf(workloadKey(resource));
    const [only] = planes;
    if (!only || planes.length > 1) return;
    for (const { name, keyRange } of sites) {
      const plane = planeOf(name)!;
      // Ambient has no sidecar, which rules of Istio's own tell.
      if (plane.system === dataPlane(only.plane).system) continue;
      yield {
        at: keyRange,
        tags: ['unnecessary'],
        message: `"${name}" is for a proxy of ${plane.title}, and these pods are in ${dataPlane(only.plane).title} (${only.marker}).`,
        related: only.by === 'namespace' ? [{ at: only.site, message: `the Namespace has ${only.marker}` }] : [],
        data: name,
      };
    }
  },

  fix({ resource, problem, text }) {
    const site = annotationSitesIn(resource, (name) => name === problem.data).find((it) => it.keyRange.start === problem.at.start);
    const edit = site && removeEntry(text, site.map, site.name);
    return edit ? [{ title: `Remove "${String(problem.data)}"`, preferred: true, edits: [edit] }] : [];
  },
});

function example(annotation: string): string {
  return `
apiVersion: v1
kind: Namespace
metadata: { name: shop, annotations: { linkerd.io/inject: enabled } }
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
