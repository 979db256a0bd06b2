import { defineRule } from '../../../rules/rule.js';
import { bringsProxies } from '../../istio/injection.js';
import { namespaceNamed } from '../../kubernetes/lookups.js';
import { waves } from '../tables.js';

export const strictBeforeInjection = defineRule({
  id: 'argo/strict-before-injection',
  title: 'A sync wave asks for STRICT before its namespace is in the mesh',
  severity: 'warning',
  category: 'pitfall',
  effect: 'Until the later wave, callers that have no proxy yet are refused.',
  why: 'STRICT takes only mTLS. It belongs behind the label that brings proxies to the namespace, and behind the workloads that carry them.',
  remedy: 'Give the PeerAuthentication a later wave than the Namespace.',
  example: {
    bad: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled }, annotations: { argocd.argoproj.io/sync-wave: "2" } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop, annotations: { argocd.argoproj.io/sync-wave: "1" } }
spec: { mtls: { mode: STRICT } }
`,
    good: `
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled }, annotations: { argocd.argoproj.io/sync-wave: "-1" } }
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop, annotations: { argocd.argoproj.io/sync-wave: "1" } }
spec: { mtls: { mode: STRICT } }
`,
  },

  kinds: ['security.istio.io/PeerAuthentication'],
  reads: { namespaceNamed, waves },

  *check({ resource, read }) {
    const mode = resource.root.get('spec.mtls.mode');
    if (mode?.text() !== 'STRICT' || resource.namespace === undefined) return;
    const wave = read.waves(resource.id)[0]?.data ?? 0;
    for (const namespace of read.namespaceNamed(resource.namespace)) {
      const later = read.waves(namespace.resource)[0]?.data ?? 0;
      if (!bringsProxies(namespace.data.labels) || later <= wave) continue;
      yield {
        at: mode,
        message: `STRICT comes with wave ${wave}, and Namespace "${resource.namespace}" with wave ${later}.`,
        related: [{ at: namespace, message: 'The Namespace is defined here' }],
      };
      return;
    }
  },
});
