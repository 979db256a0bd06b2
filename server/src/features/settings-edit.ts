import { applyEdits, type TextEdit } from '../text/edit.js';
import { insertEntry, insertItem, quoteIfNeeded, replaceValue } from '../yaml/edit.js';
import { parseDocument } from '../yaml/parse.js';

/** How a settings file gets a key of one or two steps: the edit that writes it; undefined where the file cannot be edited so. */
export function settingEdit(text: string, path: readonly [string] | readonly [string, string], value: string): TextEdit | undefined {
  const { root, problems } = parseDocument(text);
  if (problems.some((it) => it.severity === 'error')) return undefined;
  const [first, second] = path;
  const whole = second === undefined ? value : `${quoteIfNeeded(second)}: ${value}`;
  if (root === undefined || (root.type === 'scalar' && root.value === null)) {
    const written = second === undefined ? `${first}: ${value}\n` : `${first}:\n  ${whole}\n`;
    const gap = text === '' || text.endsWith('\n') ? '' : '\n';
    return { range: { start: text.length, end: text.length }, text: gap + written };
  }
  if (root.type !== 'map') return undefined;
  const outer = root.entry(first)?.value;
  if (outer === undefined) return insertEntry(text, root, first, whole);
  if (second === undefined) return replaceValue(text, outer, value);
  if (outer.type === 'scalar' && outer.value === null) return { range: outer, text: `\n  ${whole}` };
  if (outer.type !== 'map') return undefined;
  const inner = outer.entry(second)?.value;
  return inner === undefined ? insertEntry(text, outer, second, value) : { range: inner, text: value };
}

/** How the list of a settings file gets one more item, which is text. */
export function settingItemEdit(text: string, key: string, item: string): TextEdit | undefined {
  const list = parseDocument(text).root?.get(key);
  if (list === undefined || (list.type === 'list' && list.items.length === 0))
    return settingEdit(text, [key], `[${quoteIfNeeded(item, true)}]`);
  if (list.type !== 'list' || list.items.some((it) => it.text() === item)) return undefined;
  return insertItem(text, list, quoteIfNeeded(item));
}

/** A settings file with a key set. */
export function withSetting(text: string, path: readonly [string] | readonly [string, string], value: string): string {
  const edit = settingEdit(text, path, value);
  return edit === undefined ? text : applyEdits(text, [edit]);
}
