import { idlePatches } from '../../../index/files.js';
import { defineRule } from '../../../rules/rule.js';

export const patchForNothing = defineRule({
  id: 'kustomize/patch-for-nothing',
  title: 'A patch names a resource that the kustomization does not have',
  severity: 'error',
  category: 'reference',
  effect: 'Kustomize stops here.',
  why: 'A patch without a target says by its kind and name what it is for, and Kustomize builds nothing if that is not among the resources. The name is the one that the file of the resource states, or one it has on the way.',
  remedy: 'Correct kind or name, or list the resource.',
  example: {
    bad: `
# file: kustomization.yaml
resources: [cart.yaml]
patches:
- patch: |-
    apiVersion: v1
    kind: Service
    metadata: { name: carts }
    spec: { sessionAffinity: ClientIP }
# file: cart.yaml
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
`,
    good: `
# file: kustomization.yaml
resources: [cart.yaml]
patches:
- patch: |-
    apiVersion: v1
    kind: Service
    metadata: { name: cart }
    spec: { sessionAffinity: ClientIP }
# file: cart.yaml
apiVersion: v1
kind: Service
metadata: { name: cart, namespace: shop }
spec: { selector: { app: cart }, ports: [{ name: http, port: 80 }] }
`,
  },

  kinds: ['Kustomization'],
  reads: { idlePatches },

  *check({ resource, read }) {
    for (const { range, data } of read.idlePatches(resource.uri)) yield { at: range, message: `No ${data.named} is among the resources.` };
  },
});
