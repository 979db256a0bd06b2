import type { SettingWords } from '../../rules/module.js';

/** What may be said of the Gateway API in settings; `settings.ts` and its like read it. */
export const SETTING_WORDS: SettingWords = {
  docs: 'What is true of the Gateway API here.',
  type: 'map',
  keys: {
    channel: {
      docs: 'Which of its channels the cluster has: kinds and fields of the experimental one are unknown to the other.',
      type: 'word · default standard',
      values: [
        ['standard', 'what is stable'],
        ['experimental', 'that, and what may still change'],
      ],
    },
  },
};
