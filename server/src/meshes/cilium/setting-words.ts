import type { SettingWords } from '../../rules/module.js';

/** What may be said of Cilium in settings; `settings.ts` and its like read it. */
export const SETTING_WORDS: SettingWords = {
  docs: 'What is true of Cilium here.',
  type: 'map',
  keys: {
    version: { docs: 'Cilium version the manifests are for, in quotes: `"1.19"`.', type: 'text · default 1.19' },
    l7Proxy: {
      docs: 'Whether agents run Envoy and the DNS proxy, which rules about requests need.',
      type: 'true or false · default true',
    },
    nodeSelectorLabels: { docs: 'Whether policies may name nodes as peers.', type: 'true or false' },
    extendedIPProtocols: {
      docs: 'Whether policies may name protocols without ports, such as GRE.',
      type: 'true or false · default false',
    },
    policyEnforcement: {
      docs: 'When pods refuse what no policy allows.',
      type: 'word · default default',
      values: [
        ['default', 'as soon as a policy is about them'],
        ['always', 'also where none is'],
        ['never', 'policies are not enforced'],
      ],
    },
    mutualAuth: { docs: 'Whether mutual authentication is turned on.', type: 'true or false' },
    clusterMesh: { docs: 'Whether several clusters are joined.', type: 'true or false · default false' },
    podCIDRs: { docs: 'Ranges that pods get their addresses from.', type: 'list of ranges' },
    dnsCheck: {
      docs: 'Whether policies that allow nothing but address ranges need DNS.',
      type: 'word · default on',
      values: [
        ['on', 'they do, like all others'],
        ['off', 'they do not'],
      ],
    },
  },
};
