import { defineRule } from '../../../rules/rule.js';
import { controlPlane } from '../control-plane.js';
import { LEGACY_KINDS, SUCCESSORS } from '../names.js';

export const legacyPolicy = defineRule({
  id: 'kuma/legacy-policy',
  title: 'A policy of a kind from before targetRef',
  severity: 'warning',
  category: 'style',
  effect: 'Version 3 has no such kind.',
  why: 'The first policies of Kuma still work in version 2, and version 3 has them no more, with their definitions. Objects that remain are lost with the upgrade.',
  remedy: 'Write the policy anew, as the kind that the message names.',
  example: {
    bad: `
apiVersion: kuma.io/v1alpha1
kind: TrafficPermission
mesh: default
metadata: { name: web-to-cart }
spec:
  sources: [{ match: { kuma.io/service: web_shop_svc_80 } }]
  destinations: [{ match: { kuma.io/service: cart_shop_svc_80 } }]
`,
    good: `
apiVersion: kuma.io/v1alpha1
kind: MeshTrafficPermission
metadata: { name: web-to-cart, namespace: kuma-system, labels: { kuma.io/mesh: default } }
spec:
  targetRef: { kind: Dataplane, labels: { app: cart } }
  rules:
  - default: { allow: [{ spiffeID: { type: Exact, value: spiffe://default/ns/shop/sa/web } }] }
`,
  },

  kinds: LEGACY_KINDS,
  reads: { controlPlane },

  *check({ resource, read }) {
    const { kind, root } = resource;
    if (read.controlPlane().version === '3.0') return;
    yield {
      at: root.get('kind') ?? root,
      tags: ['deprecated'],
      message: `"${kind}" is deprecated; ${SUCCESSORS[kind]!.join(' or ')} takes its place.`,
    };
  },
});
