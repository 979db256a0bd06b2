import type { SettingWords } from '../../rules/module.js';

/** What may be said of Istio in settings; `settings.ts` and its like read it. */
export const SETTING_WORDS: SettingWords = {
  docs: 'What is true of Istio here.',
  type: 'map',
  keys: {
    version: { docs: 'Istio version the manifests are for, in quotes: `"1.28"`.', type: 'text' },
    meshConfig: { docs: 'File with the mesh config, as a path from this file.', type: 'path' },
    meshNetworks: { docs: 'File with the mesh networks, as a path from this file.', type: 'path' },
    rootNamespace: { docs: 'Namespace whose policies hold for the whole mesh.', type: 'text · default istio-system' },
    trustDomain: { docs: 'Trust domain that workload identities begin with.', type: 'text · default cluster.local' },
    revisions: { docs: 'Revisions and revision tags that exist in the cluster.', type: 'list of names' },
  },
};
