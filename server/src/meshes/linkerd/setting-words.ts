import type { SettingWords } from '../../rules/module.js';

/** What may be said of Linkerd in settings; `settings.ts` and its like read it. */
export const SETTING_WORDS: SettingWords = {
  docs: 'What is true of Linkerd here.',
  type: 'map',
  keys: {
    clusterDomain: { docs: 'DNS suffix of services in the cluster.', type: 'text · default cluster.local' },
    identityTrustDomain: { docs: 'Trust domain that identities of workloads end in.', type: 'text · default the domain of the cluster' },
    controlPlaneNamespace: { docs: 'Namespace of the control plane, which is part of every identity.', type: 'text · default linkerd' },
    clusterNetworks: { docs: 'Address ranges of the cluster, which an EgressNetwork has to keep out of.', type: 'list of ranges' },
    defaultInboundPolicy: {
      docs: 'Who may reach ports that no Server covers.',
      type: 'word · default all-unauthenticated',
      values: [
        ['all-unauthenticated', 'everybody'],
        ['all-authenticated', 'clients in the mesh'],
        ['cluster-unauthenticated', 'clients in the networks of the cluster'],
        ['cluster-authenticated', 'clients in the mesh and in the networks of the cluster'],
        ['deny', 'nobody'],
        ['audit', 'everybody, and it is logged'],
      ],
    },
    globalEgressNamespace: {
      docs: 'Namespace whose EgressNetworks hold for clients of every namespace.',
      type: 'text · default linkerd-egress',
    },
  },
};
