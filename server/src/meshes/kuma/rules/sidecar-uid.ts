import { defineRule } from '../../../rules/rule.js';
import { namespaceKey } from '../../../model/resource.js';
import { POD_KINDS, podTemplateOf } from '../../kubernetes/pod-templates.js';
import { injectionOf } from '../injection.js';

/** User that the sidecar runs as. */
const SIDECAR_UID = 5678;

export const sidecarUid = defineRule({
  id: 'kuma/sidecar-uid',
  title: 'A container runs as the user of the sidecar',
  severity: 'error',
  category: 'semantics',
  effect: 'The injector refuses these pods.',
  why: 'Traffic of user 5678 goes past the sidecar, since it is the own traffic of the sidecar. A container with that user would do without mTLS and policies, so that injection fails. An init container with it goes past the sidecar.',
  remedy: 'Run the container as another user.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { kuma.io/sidecar-injection: enabled } }
---
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop }
spec: { containers: [{ name: cart, image: example.org/cart:1, securityContext: { runAsUser: 5678 } }] }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { kuma.io/sidecar-injection: enabled } }
---
apiVersion: v1
kind: Pod
metadata: { name: cart, namespace: shop }
spec: { containers: [{ name: cart, image: example.org/cart:1, securityContext: { runAsUser: 1000 } }] }
`,
  },

  kinds: POD_KINDS,
  reads: { injectionOf },

  *check({ resource, read }) {
    const spec = podTemplateOf(resource)?.spec;
    if (spec === undefined) return;
    const found = [
      ...spec.list('containers.*').filter((it) => it.text('name') !== 'kuma-sidecar'),
      ...spec.list('initContainers.*').filter((it) => !/^kuma-(init|sidecar|validation)$/.test(it.text('name') ?? '')),
    ].flatMap((container) => {
      const node = container.get('securityContext.runAsUser');
      return node?.number() === SIDECAR_UID ? [{ container, node }] : [];
    });
    const ofPod = spec.get('securityContext.runAsUser');
    const isOfPod = ofPod?.number() === SIDECAR_UID && spec.list('containers.*').some((it) => !it.has('securityContext.runAsUser'));
    if (found.length === 0 && !isOfPod) return;
    if (read.injectionOf(`${namespaceKey(resource.namespace)}/${resource.kind}/${resource.name}`).state !== 'injected') return;
    if (isOfPod) yield { at: ofPod!, message: `These pods run as user ${SIDECAR_UID}, which is the sidecar's.` };
    for (const { container, node } of found) {
      const isInit = spec.list('initContainers.*').includes(container);
      yield {
        at: node,
        message: `Container "${container.text('name') ?? ''}" runs as user ${SIDECAR_UID}, which is the sidecar's.`,
        ...(isInit && { severity: 'warning', effect: 'Its traffic goes past the sidecar.' }),
      };
    }
  },
});
