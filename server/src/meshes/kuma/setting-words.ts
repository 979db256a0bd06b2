import type { SettingWords } from '../../rules/module.js';

/** What may be said of Kuma in settings; `settings.ts` and its like read it. */
export const SETTING_WORDS: SettingWords = {
  docs: 'What is true of Kuma here.',
  type: 'map',
  keys: {
    version: {
      docs: 'Kuma version the manifests are for: `"2.14"` stands for 2.10 to 2.14, `"3.0"` for what comes then.',
      type: 'text · default 2.14',
    },
    mode: {
      docs: 'Which control plane the manifests are for.',
      type: 'word · default standalone',
      values: [
        ['standalone', 'the only one'],
        ['zone', 'that of a zone, below a global one'],
        ['global', 'the global one, above those of zones'],
      ],
    },
    systemNamespace: {
      docs: 'Namespace of the control plane, whose policies are for every namespace.',
      type: 'text · default kuma-system',
    },
  },
};
