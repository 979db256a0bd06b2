import { defineRule } from '../../../rules/rule.js';
import { nearest } from '../../../text/nearest.js';
import { replaceValue } from '../../../yaml/edit.js';
import { sectionIn } from '../kinds/shared.js';
import { portOf, targetsNamed } from '../lookups.js';
import { POLICY_KINDS, targetRefsOf } from '../target-refs.js';
import { resolved } from '../unresolved.js';

export const sectionNotFound = defineRule({
  id: 'kuma/section-not-found',
  title: 'A policy is for calls to a port that its service lacks',
  severity: 'warning',
  category: 'reference',
  effect: 'This part of the policy is for nothing.',
  why: '"sectionName" is the name of a port of the service, or its number where it has no name.',
  remedy: 'Use the name of a port of the service, or leave "sectionName" out for all of them.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: MeshCircuitBreaker
metadata: { name: cart, namespace: shop, labels: { kuma.io/mesh: default } }
spec:
  to:
  - targetRef: { kind: MeshService, name: cart, sectionName: grpc }
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
  - targetRef: { kind: MeshService, name: cart, sectionName: http }
    default: { connectionLimits: { maxConnections: 2 } }
---
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { ports: [{ name: http, port: 80, appProtocol: http }] }
`,
  },

  kinds: POLICY_KINDS,
  reads: { targetsNamed },

  *check({ resource, read }) {
    for (const { place, node } of targetRefsOf(resource)) {
      const at = node.get('sectionName');
      const written = sectionIn(node);
      if (place !== 'to' || at === undefined || written === undefined) continue;
      const target = resolved(resource, node, read);
      if (target === undefined || portOf(target, written) !== undefined) continue;
      const names = target.data.ports.map((it) => it.name ?? String(it.number ?? ''));
      yield {
        at,
        message: `"${target.data.name}" has no port "${written}"${names.length === 0 ? '' : ` (it has ${names.join(', ')})`}.`,
        related: [{ at: target, message: `"${target.data.name}" is defined here` }],
        data: { names },
      };
    }
  },

  fix({ resource, problem, text }) {
    const { names } = problem.data as { names: readonly string[] };
    const node = targetRefsOf(resource)
      .map((it) => it.node.get('sectionName'))
      .find((it) => it?.start === problem.at.start);
    if (node === undefined) return [];
    const near = nearest(node.text() ?? '', names);
    return (near === undefined ? names : [near]).slice(0, 3).map((name) => ({
      title: `Change to "${name}"`,
      preferred: name === near || names.length === 1,
      edits: [replaceValue(text, node, name)],
    }));
  },
});
