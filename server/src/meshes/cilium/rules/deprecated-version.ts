import { defineRule } from '../../../rules/rule.js';
import { replaceValue } from '../../../yaml/edit.js';
import { ciliumSettings } from '../settings.js';

/** Kinds that have a v2, and the minor that brought it. */
const SINCE: Readonly<Record<string, number>> = {
  CiliumNodeConfig: 16,
  CiliumCIDRGroup: 18,
  CiliumLoadBalancerIPPool: 18,
  CiliumBGPClusterConfig: 18,
  CiliumBGPPeerConfig: 18,
  CiliumBGPAdvertisement: 18,
  CiliumBGPNodeConfig: 18,
  CiliumBGPNodeConfigOverride: 18,
};

export const deprecatedVersion = defineRule({
  id: 'cilium/deprecated-version',
  title: 'Old version of a kind that has a new one',
  severity: 'warning',
  category: 'schema',
  effect: 'A later Cilium no longer serves the old one.',
  why: 'Kinds that have proved themselves go from v2alpha1 to v2, with the same fields. The old version is deprecated and goes away. The setting "cilium.version" says which version the manifests are for.',
  remedy: 'Write "cilium.io/v2".',
  example: {
    bad: `
apiVersion: cilium.io/v2alpha1
kind: CiliumLoadBalancerIPPool
metadata: { name: blue }
spec: { blocks: [{ cidr: 10.0.10.0/24 }] }
`,
    good: `
apiVersion: cilium.io/v2
kind: CiliumLoadBalancerIPPool
metadata: { name: blue }
spec: { blocks: [{ cidr: 10.0.10.0/24 }] }
`,
  },

  kinds: Object.keys(SINCE),
  reads: { ciliumSettings },

  *check({ resource, read }) {
    const at = resource.root.get('apiVersion');
    const since = SINCE[resource.kind];
    if (!at || resource.version !== 'v2alpha1' || since === undefined || read.ciliumSettings().minor < since) return;
    yield {
      at,
      tags: ['deprecated'],
      message: `"cilium.io/v2alpha1" is the old version of ${resource.kind}; "cilium.io/v2" is the new one.`,
    };
  },

  fix({ resource, text }) {
    const at = resource.root.get('apiVersion');
    return at ? [{ title: 'Change to "cilium.io/v2"', preferred: true, edits: [replaceValue(text, at, 'cilium.io/v2')] }] : [];
  },
});
