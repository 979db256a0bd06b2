import { releases } from '../../../index/settings.js';
import { defineRule } from '../../../rules/rule.js';
import { isNewer } from '../../../schema/releases.js';

/** Versions that have a newer name, by `group/version`; `EnvoyFilter` and `ProxyConfig` have none. */
const CURRENT: Readonly<Record<string, string>> = {
  'networking.istio.io/v1alpha3': 'networking.istio.io/v1',
  'networking.istio.io/v1beta1': 'networking.istio.io/v1',
  'security.istio.io/v1beta1': 'security.istio.io/v1',
  'telemetry.istio.io/v1alpha1': 'telemetry.istio.io/v1',
};

/** Istio 1.22 brought the v1 versions. */
const SINCE = '1.22';

export const deprecatedVersion = defineRule({
  id: 'istio/deprecated-version',
  title: 'Old name of an API version',
  severity: 'hint',
  category: 'style',
  why: 'Since Istio 1.22 the stable kinds are called v1. The older names mean the same fields and are kept for the sake of old manifests.',
  remedy: 'Write v1.',
  example: {
    bad: `
apiVersion: networking.istio.io/v1alpha3
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - redirect: { authority: shop.example.com }
`,
    good: `
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: www, namespace: shop }
spec:
  hosts: [www.example.com]
  http:
  - redirect: { authority: shop.example.com }
`,
  },

  mentions: ['v1alpha', 'v1beta'],
  kinds: [
    'VirtualService',
    'DestinationRule',
    'Gateway',
    'ServiceEntry',
    'Sidecar',
    'WorkloadEntry',
    'WorkloadGroup',
    'PeerAuthentication',
    'RequestAuthentication',
    'AuthorizationPolicy',
    'Telemetry',
  ],
  reads: { releases },

  *check({ resource, read }) {
    const current = CURRENT[resource.apiVersion];
    if (current === undefined || isBefore(read.releases()['istio'])) return;
    const at = resource.root.get('apiVersion');
    if (at?.text() === undefined) return;
    yield { at, message: `"${resource.apiVersion}" is the old name of "${current}".`, tags: ['deprecated'] };
  },

  fix({ resource, problem, text }) {
    const current = CURRENT[resource.apiVersion];
    if (current === undefined) return [];
    const quote = /["']/.exec(text.charAt(problem.at.start))?.[0] ?? '';
    // Kustomize applies a patch to the version that it names: beside patches, somebody has to look first.
    const preferred = resource.scope === '';
    return [{ title: `Change to "${current}"`, preferred, edits: [{ range: problem.at, text: quote + current + quote }] }];
  },
});

/** Whether the target version is one that does not know v1 yet. */
function isBefore(release: string | undefined): boolean {
  return release !== undefined && isNewer(SINCE, release);
}
