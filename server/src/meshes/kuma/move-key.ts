import type { Fix } from '../../rules/rule.js';
import { insertEntry, quoteIfNeeded, removeEntry } from '../../yaml/edit.js';
import type { KeySite } from './keys.js';

/** Makes an annotation a label, or a label an annotation, in the same metadata. */
export function moveKey(text: string, { name, value, map, metadata, field }: KeySite): readonly Fix[] {
  const written = value.text();
  const removal = removeEntry(text, map, name);
  if (written === undefined || removal === undefined) return [];
  const target = field === 'annotations' ? 'labels' : 'annotations';
  const holder = metadata.map(target);
  if (holder?.entry(name) !== undefined) return [];
  const insertion = holder
    ? insertEntry(text, holder, name, quoteIfNeeded(written))
    : insertEntry(text, metadata, target, `${name}: ${quoteIfNeeded(written)}`, metadata.entry('namespace') ? 'namespace' : 'name');
  return [{ title: `Make it ${target === 'labels' ? 'a label' : 'an annotation'}`, preferred: true, edits: [removal, insertion] }];
}
