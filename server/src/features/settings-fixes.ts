import type { Fix } from '../rules/rule.js';
import type { TextEdit } from '../text/edit.js';
import { overlaps, touches, type Range } from '../text/range.js';
import type { Action, Finding } from './actions.js';
import { settingEdit, settingItemEdit } from './settings-edit.js';
import type { Snapshot } from './snapshot.js';

/** Fixes of what is wrong in a range that write into the settings file. `settingsFile`: its URI, where it may be written. */
export function settingsFixes(
  snapshot: Pick<Snapshot, 'file'>,
  findings: readonly Finding[],
  range: Range,
  settingsFile: string | undefined,
): readonly (Omit<Action, 'isPreferred'> & { readonly creates?: string })[] {
  if (settingsFile === undefined) return [];
  const written = snapshot.file(settingsFile)?.text;
  return findings
    .filter(({ diagnostic }) => overlaps(diagnostic.range, range) || touches(diagnostic.range, range.start))
    .flatMap((finding) =>
      finding.fixes().flatMap(({ title, setting }) => {
        const edit = setting && editFor(written ?? '', setting);
        if (edit === undefined) return [];
        return [
          {
            title,
            diagnostic: finding.diagnostic,
            files: [{ uri: settingsFile, edits: [edit] }],
            ...(written === undefined ? { creates: edit.text } : {}),
          },
        ];
      }),
    );
}

function editFor(text: string, setting: NonNullable<Fix['setting']>): TextEdit | undefined {
  return 'list' in setting ? settingItemEdit(text, setting.list, setting.item) : settingEdit(text, setting.path, setting.value);
}
