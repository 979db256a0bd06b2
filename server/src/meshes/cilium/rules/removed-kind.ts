import { defineRule } from '../../../rules/rule.js';
import { ciliumSettings } from '../settings.js';

/** The minor that no longer has a kind. */
const GONE: Readonly<Record<string, number>> = {
  CiliumBGPPeeringPolicy: 19,
  CiliumExternalWorkload: 17,
};

export const removedKind = defineRule({
  id: 'cilium/removed-kind',
  title: 'Kind that Cilium no longer has',
  severity: 'error',
  category: 'schema',
  effect: 'The API server does not know it, or nobody carries it out.',
  why: 'CiliumBGPPeeringPolicy is gone in Cilium 1.19, CiliumExternalWorkload in 1.17. The setting "cilium.version" says which version the manifests are for.',
  remedy: 'Write it with the kinds that took its place: CiliumBGPClusterConfig, CiliumBGPPeerConfig and CiliumBGPAdvertisement.',
  example: {
    bad: `
apiVersion: cilium.io/v2alpha1
kind: CiliumBGPPeeringPolicy
metadata: { name: rack0 }
spec: { virtualRouters: [{ localASN: 64512, neighbors: [{ peerAddress: 10.0.0.1/32, peerASN: 64513 }] }] }
`,
    good: `
apiVersion: cilium.io/v2
kind: CiliumBGPClusterConfig
metadata: { name: rack0 }
spec: { bgpInstances: [{ name: main, localASN: 64512, peers: [{ name: tor, peerASN: 64513, peerAddress: 10.0.0.1 }] }] }
`,
  },

  kinds: Object.keys(GONE),
  reads: { ciliumSettings },

  *check({ resource, read }) {
    const gone = GONE[resource.kind];
    const at = resource.root.get('kind');
    if (gone === undefined || !at || read.ciliumSettings().minor < gone) return;
    yield { at, tags: ['deprecated'], message: `Cilium 1.${gone} no longer has ${resource.kind}.` };
  },
});
