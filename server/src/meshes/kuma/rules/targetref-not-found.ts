import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { POLICY_KINDS, targetRefsOf } from '../target-refs.js';
import { TARGET_READS, unresolved } from '../unresolved.js';

export const targetrefNotFound = defineRule({
  id: 'kuma/targetref-not-found',
  title: 'A policy is for calls to a service that does not exist',
  severity: 'warning',
  category: 'reference',
  effect: 'This part of the policy is for nothing.',
  why: 'Kuma takes a policy whose target it cannot find, and applies it once the target is there. A slip in the name goes unnoticed.',
  remedy: 'Correct the name, or add "namespace" for a service of another one.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: MeshCircuitBreaker
metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: MeshService, name: crat }
    default: { connectionLimits: { maxConnections: 2 } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80, appProtocol: http }] }
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshCircuitBreaker
metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: MeshService, name: cart }
    default: { connectionLimits: { maxConnections: 2 } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80, appProtocol: http }] }
`,
  },

  kinds: POLICY_KINDS,
  reads: TARGET_READS,

  *check({ resource, read }) {
    for (const { place, node } of targetRefsOf(resource)) {
      if (place !== 'to') continue;
      const found = unresolved(resource, node, read);
      if (found === undefined) continue;
      const { near, ...problem } = found;
      yield { ...problem, data: { near } };
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
