import type { SettingWords } from '../../rules/module.js';

/** What may be said of Consul in settings; `settings.ts` and its like read it. */
export const SETTING_WORDS: SettingWords = {
  docs: 'What is true of Consul here.',
  type: 'map',
  keys: {
    edition: {
      docs: 'Which edition the cluster runs: namespaces and partitions need Enterprise.',
      type: 'word · default oss',
      values: [
        ['oss', 'the open-source edition'],
        ['enterprise', 'Consul Enterprise'],
      ],
    },
    mirroring: {
      docs: 'Whether each Kubernetes namespace has a Consul namespace of its own, with Enterprise.',
      type: 'true or false · default false',
    },
    acls: { docs: 'Whether ACLs are on: service accounts then bear the names of their services.', type: 'true or false · default false' },
    localPartition: { docs: 'Admin partition of this cluster, with Enterprise.', type: 'text · default default' },
    defaultInject: {
      docs: 'Whether pods without the annotation are injected (connectInject.default of the chart).',
      type: 'true or false · default false',
    },
    transparentProxy: { docs: 'Whether proxies are transparent unless pods say otherwise.', type: 'true or false · default true' },
  },
};
