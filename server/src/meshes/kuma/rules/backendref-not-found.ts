import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { controlPlane } from '../control-plane.js';
import { ROUTE_KINDS, targetRefsOf } from '../target-refs.js';
import { TARGET_READS, unresolved } from '../unresolved.js';

export const backendrefNotFound = defineRule({
  id: 'kuma/backendref-not-found',
  title: 'A route sends requests to a service that does not exist',
  severity: 'warning',
  category: 'reference',
  effect: 'Kuma leaves the backend out, and its share goes to the others.',
  why: 'Version 2 drops a backend that it cannot find. Where none is left, requests go where they would without the route. Version 3 answers 500 instead.',
  remedy: 'Correct the name, or add "namespace" for a service of another one.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: MeshTCPRoute
metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: MeshService, name: cart }
    rules: [{ default: { backendRefs: [{ kind: MeshService, name: crat, port: 80 }] } }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80, appProtocol: http }] }
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshTCPRoute
metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: MeshService, name: cart }
    rules: [{ default: { backendRefs: [{ kind: MeshService, name: cart, port: 80 }] } }]
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80, appProtocol: http }] }
`,
  },

  kinds: ROUTE_KINDS,
  reads: { ...TARGET_READS, controlPlane },

  *check({ resource, read }) {
    for (const { place, node } of targetRefsOf(resource)) {
      if (place !== 'backend' && place !== 'mirror') continue;
      const found = unresolved(resource, node, read);
      if (found === undefined) continue;
      const { near, ...problem } = found;
      const isThree = read.controlPlane().version === '3.0';
      yield {
        ...problem,
        data: { near },
        ...(place === 'mirror' ? { effect: 'Mirrored requests go nowhere.' } : isThree ? { effect: 'Its requests get 500.' } : {}),
        ...(isThree && { severity: 'error' }),
      };
    }
  },

  fix({ resource, problem, text }) {
    const { near } = problem.data as { near?: string };
    const node = targetRefsOf(resource)
      .map((it) => it.node.get('name'))
      .find((it) => it?.start === problem.at.start);
    if (near === undefined || node === undefined) return [];
    return [{ title: `Change to "${near}"`, preferred: true, edits: [replaceValue(text, node, near)] }];
  },
});
