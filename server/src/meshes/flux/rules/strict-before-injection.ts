import { namespaceKey } from '../../../model/resource.js';
import { defineRule } from '../../../rules/rule.js';
import { uriOfResource } from '../../../sources/documents.js';
import { bringsProxies } from '../../istio/injection.js';
import { namespaceNamed } from '../../kubernetes/lookups.js';
import { applierOf, waitsFor } from '../lookups.js';

const kustomization = (name: string, more = ''): string => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system }
spec: { interval: 10m, prune: true, path: ./${name}, sourceRef: { kind: GitRepository, name: platform }${more} }
`;

const files = `---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: { name: platform, namespace: flux-system }
spec: { interval: 1m, url: https://example.com/platform }
# file: namespaces/shop.yaml
apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
# file: policies/shop.yaml
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: shop }
spec: { mtls: { mode: STRICT } }
`;

export const strictBeforeInjection = defineRule({
  id: 'flux/strict-before-injection',
  title: 'Flux asks for STRICT before the namespace is in the mesh',
  severity: 'warning',
  category: 'pitfall',
  effect: 'Until then, callers without a proxy are refused.',
  why: 'STRICT takes only mTLS. It belongs behind the label that brings proxies to the namespace, and behind the workloads that carry them; here the Kustomization with the Namespace waits for the one with the policy.',
  remedy: 'Turn the dependency around, or move both into one Kustomization.',
  example: {
    bad: `
# file: clusters/prod.yaml
${kustomization('policies')}---
${kustomization('namespaces', ', dependsOn: [{ name: policies }]')}${files}`,
    good: `
# file: clusters/prod.yaml
${kustomization('policies', ', dependsOn: [{ name: namespaces }]')}---
${kustomization('namespaces')}${files}`,
  },

  kinds: ['security.istio.io/PeerAuthentication'],
  reads: { namespaceNamed, applierOf, waitsFor },

  *check({ resource, read }) {
    const mode = resource.root.get('spec.mtls.mode');
    if (mode?.text() !== 'STRICT' || resource.namespace === undefined) return;
    const own = read.applierOf(resource.uri);
    if (own === undefined) return;
    const ownKey = `${namespaceKey(own.data.namespace)}/${own.data.name}`;
    for (const namespace of read.namespaceNamed(resource.namespace)) {
      const later = read.applierOf(uriOfResource(namespace.resource));
      if (later === undefined || !bringsProxies(namespace.data.labels)) continue;
      if (!read.waitsFor(`${namespaceKey(later.data.namespace)}/${later.data.name}`).includes(ownKey)) continue;
      yield {
        at: mode,
        message: `Namespace "${resource.namespace}" comes with Kustomization "${later.data.name}", which waits for "${own.data.name}" with this policy.`,
        related: [
          { at: namespace, message: 'The Namespace is defined here' },
          { at: later, message: `Kustomization "${later.data.name}" is defined here` },
        ],
      };
      return;
    }
  },
});
